"""Broken and hostile files by kind, from a seed: reading them says what is wrong or takes them right."""

import random
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.data.intake.making import ods, xlsx

HEADS = {
    "indikator": "kode;nama;nilai",
    "penduduk": "kode;kelurahan;laki-laki;perempuan;jumlah penduduk",
    "monografi": "kelurahan;penduduk miskin;posyandu;rt",
    "usulan": "ID Usulan;Tanggal Usul;Pengusul;Usulan;Alamat;Kecamatan;Kelurahan;Anggaran",
}
PLACES = {
    "fasilitas": "Jenis;Nama Fasilitas;Kelurahan;Kecamatan;Kabupaten/Kota;Lintang;Bujur;Status;NPSN",
    "puskesmas": "Nama Puskesmas;Kode Kelurahan;Kelurahan;Latitude;Longitude",
}
"""Headings of lists of places."""


class Dice(random.Random):
    """Chance from a seed, and of which kind a table is: as many of each."""

    def __init__(self, seed: str, layout: str) -> None:
        super().__init__(seed)
        self.layout = layout


CELLS = (
    "", "-", "n/a", "32.75.08.1003", "3275081003", "3,27508E+09", "0164A", "Jatimakmur", "KEL. JATI MAKMUR",
    "Jatibening",
    "Cicalengka", "1.234", "1,234", "1.234,5", "-7", "NaN", "Infinity", "1e999", "31/02/2025", "05/12/2025", "45932",
    "=cmd|'/C calc'!A0", "@SUM(1)", "+1", "<img src=x onerror=alert(1)>", "${7*7}", "x" * 400, "\u202eabc",
    "\x07", "\ufeff",
    "٣٤", "🏠", "' OR 1=1 --", "../../etc/passwd", "Rp 1.000.000,00", "Jl. A -6.28, 106.93", "0,0", "TRUE", "null",
)  # fmt: skip


OF_A_PLACE = {
    "Jenis": ("SD", "SMP Negeri", "puskesmas", "Pos Damkar", "Istana", "pasar", "PUSKESMAS PEMBANTU", "TPS"),
    "Nama Fasilitas": ("SDN Jatimakmur 1", "SDN Jatimakmur 1", "Pos Jatiasih", "Pasar {{7*7}}", "Puskesmas\tX"),
    "Nama Puskesmas": ("Puskesmas Jatimakmur", "UPT Puskesmas Jatimakmur", "PKM Pondokgede", "Puskesmas Kaliabang"),
    "Kelurahan": ("Jatimakmur", "KEL. JATI MAKMUR", "Jatibening"),
    "Kode Kelurahan": ("32.75.08.1003", "3275081003", 3275081003.0),
    "Kecamatan": ("Pondokgede", "Pondok Gede", "PONDOKGEDE", "Jatisampurna", "Beji"),
    "Kabupaten/Kota": ("Kota Bekasi", "KOTA BEKASI", "Bekasi", "KOTA DEPOK", "Kota Bandung"),
    "Lintang": ("-6.2873", "-6,2873", "6.2873", "106.92", "-6.28.73", "6°17'S", "-91", "-0"),
    "Bujur": ("106.9201", "106,9201", "-6.28", "181", "106.9201E", "1,069201e2", "٣٤"),
    "Status": ("Negeri", "SWASTA", "N", "milik warga"),
    "NPSN": ("20222001", "20222001", 20222001.0, "'20222001"),
}
"""Cells of a list of places beside `CELLS`; the first two of each column are right."""
OF_A_PLACE |= {"Latitude": OF_A_PLACE["Lintang"], "Longitude": OF_A_PLACE["Bujur"]}
POINT = ("Lintang", "Bujur", "Latitude", "Longitude")

SECRET = "not-for-an-office"
"""Stands in this file, which no file of an office may bring in."""
NAMES = (
    "../../etc/cron.d/x", "/etc/passwd", "C:\\Windows\\x.xml", "xl/../../x.xml", "xl//x.xml", "xl/\x07.xml",
    "xl/\u202ex.xml", "XL/WORKBOOK.XML", "./xl/x.xml", "xl/worksheets/" + "n" * 300 + ".xml",
)  # fmt: skip


def rows(dice: Dice) -> list[list[str]]:
    """A table with a heading that is known and cells that may be anything."""
    head = (HEADS | PLACES)[dice.layout].split(";")
    body = [_row(dice, head) for _ in range(dice.randint(0, 12))]
    if dice.random() < 0.3:
        dice.shuffle(head)
    if dice.random() < 0.2:
        head[dice.randrange(len(head))] = dice.choice(["", "Foo", head[0], "kode ", "NILAI"])
    for _ in range(dice.choice([0, 0, 1, 3])):
        body.insert(dice.randint(0, len(body)), dice.choice([[], head, ["x"] * (len(head) + 2), ["Jumlah"]]))
    return [*([["Judul"]] if dice.random() < 0.3 else []), head, *body]


def _row(dice: Dice, head: list[str]) -> list[str]:
    """A row; one of a list of places is right in every cell now and then."""
    if dice.layout not in PLACES:
        return [dice.choice(CELLS) for _ in head]
    right, pointless = dice.choice([0.0, 0.7, 1.0]), dice.random() < 0.6
    return [
        "" if pointless and column in POINT
        else str(dice.choice(OF_A_PLACE[column][:2] if dice.random() < right else OF_A_PLACE[column] + CELLS))
        for column in head
    ]  # fmt: skip


def csv_text(dice: Dice) -> bytes:
    """Any encoding, separator and line end."""
    separator, end = dice.choice(",;\t"), dice.choice(["\n", "\r\n", "\r"])
    text = end.join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows(dice))
    return text.encode(dice.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]), "replace")


def csv_damaged(dice: Dice) -> bytes:
    """A CSV with bytes changed, cut off or repeated."""
    content = bytearray(csv_text(dice))
    for _ in range(dice.randint(1, 20)):
        if content:
            content[dice.randrange(len(content))] = dice.choice(b'\0\xff"\n\r;\x1a\x80')
    return bytes(content[: dice.randint(0, len(content))] * dice.choice([1, 1, 2]))


def nonsense(dice: Dice) -> bytes:
    """Bytes of another kind of file, or of none."""
    heads = [
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0",
        b"\x89PNG",
        b"PK\x03\x04",
        b"<html>",
        b"{",
        b"\x1f\x8b",
        b"",
        b"PK\x05\x06",
    ]
    return dice.choice(heads) + dice.randbytes(dice.choice([0, 1, 50, 5_000]))


def workbook(dice: Dice) -> bytes:
    """A workbook of cells that may be anything, with numbers, hidden sheets, formulas."""

    def cell(text: str) -> object:
        number = text.replace(".", "").replace(",", "")
        return float(number) if number.isascii() and number.isdigit() and dice.random() < 0.7 else text

    sheets = {f"L{n}": [[cell(text) for text in row] for row in rows(dice)] for n in range(dice.randint(1, 3))}
    if dice.random() < 0.3:
        return ods([[text.strip("\x07") for text in row] for row in rows(dice)])
    return xlsx(sheets, hidden=["L1"] if len(sheets) > 1 and dice.random() < 0.5 else [])


def workbook_damaged(dice: Dice) -> bytes:
    """A workbook with bytes changed, cut off, or with parts that lie."""
    content = bytearray(workbook(dice))
    way = dice.randrange(4)
    if way == 0:
        for _ in range(dice.randint(1, 40)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        return bytes(content)
    if way == 1:
        return bytes(content[: dice.randrange(len(content))])
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(bytes(content))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith(("sheet1.xml", "content.xml")):
                data = _hostile_sheet(dice, data) if way == 2 else data
            elif way == 3 and dice.random() < 0.3:
                continue
            new.writestr(entry.filename, data)
    return stream.getvalue()


def _hostile_sheet(dice: Dice, data: bytes) -> bytes:
    return dice.choice([
        data.replace(b"A1", b"XFD1048576"),
        data.replace(b"<v>", b"<v>" + b"9" * 400),
        data.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 20_000),
        b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 500 + b'">]>' + data,
        b" " * 9_000_000,
        data[: len(data) // 2],
        data.replace(b"t=\"s\"", b't="e"'),
    ])  # fmt: skip


def package(dice: Dice) -> bytes:
    """A workbook whose ZIP attacks: names that leave it, links, entities, bombs, sizes and marks that lie."""
    content = workbook(dice)
    return dice.choice(WAYS)(dice, content)


def _rewritten(content: bytes, change: Callable[[str, bytes], bytes], *more: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    stream = BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        warnings.simplefilter("ignore", UserWarning)  # a name twice is meant
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for added, data in more:
            new.writestr(added, data)
    return stream.getvalue()


def _named(dice: Dice, content: bytes) -> bytes:
    """A name that leaves the folder, or is another one to another program."""
    return _rewritten(content, lambda _, data: data, (zipfile.ZipInfo(dice.choice(NAMES)), b"<a/>"))


def _linked(dice: Dice, content: bytes) -> bytes:
    """A link to a file of the server in place of a part."""
    link = zipfile.ZipInfo(dice.choice(["xl/sharedStrings2.xml", "a", "docProps/app2.xml"]))
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return _rewritten(content, lambda _, data: data, (link, b"/etc/passwd"))


def _entities(dice: Dice, content: bytes) -> bytes:
    """Entities that double each other, or name a file or an address."""
    declared = dice.choice([
        '<!ENTITY a0 "aaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9)),
        f'<!ENTITY a8 SYSTEM "file://{__file__}">',
        '<!ENTITY a8 SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "file:///etc/passwd">%p;<!ENTITY a8 "x">',
    ])  # fmt: skip

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith(("sheet1.xml", "content.xml", "sharedStrings.xml")):
            return data
        start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
        text = data[start:].replace(b"Jatimakmur", b"&a8;").replace(b"kode", b"kode&a8;", 1)
        return data[:start] + b"<!DOCTYPE x [" + declared.encode() + b"]>" + text

    return _rewritten(content, change)


def _bomb(dice: Dice, content: bytes) -> bytes:
    """Parts that unpack to far more than they weigh, or far too many of them."""
    if dice.random() < 0.3:
        return content + b"PK\x01\x02" * 3_000
    packed = zipfile.ZipInfo("xl/media/a.bin")
    packed.compress_type = zipfile.ZIP_DEFLATED
    return _rewritten(content, lambda _, data: data, (packed, b"\0" * dice.choice([9_000_000, 20_000_000])))


def _lying(dice: Dice, content: bytes) -> bytes:
    """Sizes, ways to pack and marks in the table of contents that are not so."""
    changed = bytearray(content)
    at = [n for n in range(len(changed) - 46) if changed[n : n + 4] == b"PK\x01\x02"]
    for start in dice.sample(at, min(len(at), dice.choice([1, 3]))) if at else []:
        field, value = dice.choice([
            (24, b"\xff\xff\xff\x7f"), (24, b"\0\0\0\0"), (20, b"\x01\0\0\0"), (42, b"\xff\xff\xff\xff"),
            (8, b"\x01\0"), (10, b"\x63\0"), (10, b"\x0c\0"), (28, b"\xff\xff"),
        ])  # fmt: skip
        changed[start + field : start + field + len(value)] = value
    return bytes(changed)


WAYS = (_named, _linked, _entities, _bomb, _lying)
KINDS: dict[str, Callable[[Dice], bytes]] = {
    "csv": csv_text,
    "csv damaged": csv_damaged,
    "nonsense": nonsense,
    "workbook": workbook,
    "workbook damaged": workbook_damaged,
    "package": package,
}


def any_csv(dice: Dice) -> bytes:
    """A CSV, damaged or not."""
    return dice.choice([csv_text, csv_text, csv_damaged])(dice)


def any_workbook(dice: Dice) -> bytes:
    """A workbook, damaged or not, or one that attacks."""
    return dice.choice([workbook, workbook, workbook_damaged, package])(dice)


KINDS_OF_PLACES: dict[str, Callable[[Dice], bytes]] = {"csv of places": any_csv, "workbook of places": any_workbook}


def files(kind: str, count: int) -> Iterator[bytes]:
    """So many files of a kind, the same each time."""
    make, layouts = (KINDS[kind], list(HEADS)) if kind in KINDS else (KINDS_OF_PLACES[kind], list(PLACES))
    for number in range(count):
        yield make(Dice(f"{kind} {number}", layouts[number % len(layouts)]))
