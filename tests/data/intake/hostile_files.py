"""Broken and hostile files by kind, from a seed: reading them says what is wrong or takes them right."""

import random
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
CELLS = (
    "", "-", "n/a", "32.75.08.1003", "3275081003", "3,27508E+09", "0164A", "Jatimakmur", "KEL. JATI MAKMUR",
    "Jatibening",
    "Cicalengka", "1.234", "1,234", "1.234,5", "-7", "NaN", "Infinity", "1e999", "31/02/2025", "05/12/2025", "45932",
    "=cmd|'/C calc'!A0", "@SUM(1)", "+1", "<img src=x onerror=alert(1)>", "${7*7}", "x" * 400, "\u202eabc",
    "\x07", "\ufeff",
    "٣٤", "🏠", "' OR 1=1 --", "../../etc/passwd", "Rp 1.000.000,00", "Jl. A -6.28, 106.93", "0,0", "TRUE", "null",
)  # fmt: skip


def rows(dice: random.Random) -> list[list[str]]:
    """A table with a heading that is known and cells that may be anything."""
    head = HEADS[dice.choice(list(HEADS))].split(";")
    body = [[dice.choice(CELLS) for _ in head] for _ in range(dice.randint(0, 12))]
    if dice.random() < 0.3:
        dice.shuffle(head)
    if dice.random() < 0.2:
        head[dice.randrange(len(head))] = dice.choice(["", "Foo", head[0], "kode ", "NILAI"])
    for _ in range(dice.choice([0, 0, 1, 3])):
        body.insert(dice.randint(0, len(body)), dice.choice([[], head, ["x"] * (len(head) + 2), ["Jumlah"]]))
    return [*([["Judul"]] if dice.random() < 0.3 else []), head, *body]


def csv_text(dice: random.Random) -> bytes:
    """Any encoding, separator and line end."""
    separator, end = dice.choice(",;\t"), dice.choice(["\n", "\r\n", "\r"])
    text = end.join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows(dice))
    return text.encode(dice.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]), "replace")


def csv_damaged(dice: random.Random) -> bytes:
    """A CSV with bytes changed, cut off or repeated."""
    content = bytearray(csv_text(dice))
    for _ in range(dice.randint(1, 20)):
        if content:
            content[dice.randrange(len(content))] = dice.choice(b'\0\xff"\n\r;\x1a\x80')
    return bytes(content[: dice.randint(0, len(content))] * dice.choice([1, 1, 2]))


def nonsense(dice: random.Random) -> bytes:
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


def workbook(dice: random.Random) -> bytes:
    """A workbook of cells that may be anything, with numbers, hidden sheets, formulas."""

    def cell(text: str) -> object:
        number = text.replace(".", "").replace(",", "")
        return float(number) if number.isascii() and number.isdigit() and dice.random() < 0.7 else text

    sheets = {f"L{n}": [[cell(text) for text in row] for row in rows(dice)] for n in range(dice.randint(1, 3))}
    if dice.random() < 0.3:
        return ods([[text.strip("\x07") for text in row] for row in rows(dice)])
    return xlsx(sheets, hidden=["L1"] if len(sheets) > 1 and dice.random() < 0.5 else [])


def workbook_damaged(dice: random.Random) -> bytes:
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


def _hostile_sheet(dice: random.Random, data: bytes) -> bytes:
    return dice.choice([
        data.replace(b"A1", b"XFD1048576"),
        data.replace(b"<v>", b"<v>" + b"9" * 400),
        data.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 20_000),
        b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 500 + b'">]>' + data,
        b" " * 9_000_000,
        data[: len(data) // 2],
        data.replace(b"t=\"s\"", b't="e"'),
    ])  # fmt: skip


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "csv": csv_text,
    "csv damaged": csv_damaged,
    "nonsense": nonsense,
    "workbook": workbook,
    "workbook damaged": workbook_damaged,
}


def files(kind: str, count: int) -> Iterator[bytes]:
    """So many files of a kind, the same each time."""
    for number in range(count):
        yield KINDS[kind](random.Random(f"{kind} {number}"))
