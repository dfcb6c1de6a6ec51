"""Deck templates that somebody made to do harm, from a seed: the same seed gives the same decks."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

from pptx import Presentation

from data.intake.packages import PackageError
from views.exports.deck import check as deck_check

Parts = dict[str, bytes]

TYPES, RELATIONS, DECK = "[Content_Types].xml", "ppt/_rels/presentation.xml.rels", "ppt/presentation.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
KINDS = (
    "application/vnd.ms-office.vbaProject", "application/vnd.ms-office.activeX+xml",
    "application/vnd.ms-office.activeX",
    "application/vnd.openxmlformats-officedocument.oleObject", "application/x-msdownload", "audio/mpeg", "video/mp4",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/html", "image/png", "",
    "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml", "application/xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
)  # fmt: skip
RELATED = (
    OFFICE + "oleObject", OFFICE + "control", OFFICE + "video", OFFICE + "package", OFFICE + "image", OFFICE + "slide",
    OFFICE + "slideMaster", OFFICE + "slideLayout", OFFICE + "hyperlink", OFFICE + "notesMaster", OFFICE + "theme",
    MICROSOFT + "vbaProject", "http://contoh.id/hyperlink", "x", "",
)  # fmt: skip
TARGETS = (
    "http://contoh.id/x", "file:///etc/passwd", "\\\\contoh.id\\x", "javascript:alert(1)", "../../../x", "/ppt/media/x",
    "slideMasters/slideMaster1.xml", "presentation.xml", "slideLayouts/slideLayout1.xml", "", "http://[",
)  # fmt: skip
NAMES = (
    "../../keluar.xml", "/etc/passwd", "ppt\\media\\x.png", "ppt/PRESENTATION.xml", "ppt/media/" + "n" * 3000, "con",
    "ppt/media/\u202egnp.exe", "ppt/media/\x07.png", "ppt//x.png", "ppt/vbaProject.bin",
    "ppt/embeddings/oleObject1.bin",
    "ppt/presentation.xml/x.xml", "[content_types].xml", "ppt/_rels/.rels", "_rels/lain.rels",
)  # fmt: skip


def packed(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return buffer.getvalue()


def unpacked(content: bytes) -> Parts:
    """The parts of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain() -> Parts:
    """The parts of a template without harm, with a slide and its notes."""
    return unpacked(_plain())


@cache
def _plain() -> bytes:
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5]).notes_slide.notes_text_frame.text = "contoh"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def dense(elements: int) -> bytes:
    """A template of which one layout holds so many empty elements: little to pack, much to hold."""
    parts = plain()
    name = "ppt/slideLayouts/slideLayout11.xml"
    more = b"<p:extLst>" + b"<p:e/>" * elements + b"</p:extLst></p:sldLayout>"
    # Something that does not pack keeps the ratio of the whole file low.
    noise = random.Random(90).randbytes(min(elements * 6 // 70, 4_000_000))
    return packed(parts | {name: parts[name].replace(b"</p:sldLayout>", more), "ppt/media/pad.bin": noise})


def nodes(chance: random.Random, parts: Parts) -> Parts:
    """Many elements, attributes, comments, instructions or levels."""
    count = int(10 ** chance.uniform(2, 6))
    level = min(count, 20_000)
    more = chance.choice([
        b"<e/>" * count, b"<e>" * level + b"</e>" * level, b"<!-- -->" * count, b"<?x y?>" * count, b"<e>x</e>" * count,
        b"<e " + b"".join(b'a%d="" ' % i for i in range(count)) + b"/>", b"<![CDATA[x]]>" * count,
        b'<e a="' + b"x" * 6 * count + b'"/>', b"<!--" + b"x" * 6 * count + b"-->", b"x" * 6 * count,
        b'<e xmlns="' + b'"/><e xmlns="'.join(b"n%d" % i for i in range(count)) + b'"/>',
    ])  # fmt: skip
    name = chance.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels")) and b"</" in parts[n]])
    end = parts[name].rindex(b"</")
    return parts | {name: parts[name][:end] + more + parts[name][end:]}


def many(chance: random.Random, parts: Parts) -> Parts:
    """Many parts, some large."""
    count, ending = int(10 ** chance.uniform(0, 3.6)), chance.choice(["xml", "png", "bin", "rels", "exe"])
    size = min(int(10 ** chance.uniform(0, 7)), 40_000_000 // count)
    fill = chance.choice([b"\0", b"<e/>", chance.randbytes(4096)])
    return parts | {f"ppt/media/x{i}.{ending}": fill * (size // len(fill)) for i in range(count)}


def relations(chance: random.Random, parts: Parts) -> Parts:
    """Many relations of kinds and to targets that no template has."""
    name = chance.choice([n for n in sorted(parts) if n.endswith(".rels")])
    mode = chance.choice([b"", b' TargetMode="External"', b' TargetMode="external"', b' TargetMode="x"'])
    kind, target = chance.choice(RELATED).encode(), chance.choice(TARGETS).encode()
    prefix = chance.choice([b"", b"", b"r:"])
    more = b"".join(
        b'<%sRelationship Id="rIdX%d" Type="%s" Target="%s"%s/>' % (prefix, i, kind, target, mode)
        for i in range(int(10 ** chance.uniform(0, 5)))
    )
    space = b' xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships"'
    text = parts[name].replace(b"<Relationships", b"<Relationships" + space, 1)
    return parts | {name: text.replace(b"</Relationships>", more + b"</Relationships>")}


def entities(chance: random.Random, parts: Parts) -> Parts:
    """A document type: entities that grow, that fetch, or none at all."""
    grow = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 9))
    inner = chance.choice([
        b'[<!ENTITY a0 "x">' + grow + b"]", b'[<!ENTITY a8 SYSTEM "file:///etc/passwd">]', b'SYSTEM "http://contoh.id/x"',
        b'[<!ENTITY % a SYSTEM "http://contoh.id/x"> %a;]', b"",
    ])  # fmt: skip
    name = chance.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels"))])
    head, root, rest = re.match(rb"(?s)(<\?xml.*?\?>)?\s*(<[^>]*>)(.*)", parts[name]).groups()  # type: ignore[union-attr]
    return parts | {name: (head or b"") + b"<!DOCTYPE x " + inner + b">" + root + b"&a8;" + rest}


def sizes(chance: random.Random, parts: Parts) -> Parts:
    """Slides of a strange size, or of none."""
    size = chance.choice(
        [0, 1, -1, 914_400, 4_572_000, 9_144_000, 51_206_400, 2**31, 10**12, "x", "", "9144000.5", "1e9"]
    )
    other = chance.choice([size, 6_858_000, 4_572_000, 51_206_400])
    tag = chance.choice([f'<p:sldSz cx="{size}" cy="{other}"/>', f'<p:sldSz cx="{size}"/>', "", "<p:sldSz/>"])
    return parts | {DECK: re.sub(rb"<p:sldSz[^>]*>", tag.encode(), parts[DECK])}


def names(chance: random.Random, parts: Parts) -> Parts:
    """Parts whose names lead elsewhere, or that take another one's."""
    if chance.random() < 0.3:
        old = chance.choice(sorted(parts))
        return {chance.choice(NAMES) if name == old else name: content for name, content in parts.items()}
    return parts | {chance.choice(NAMES): chance.choice([b"x", b"<x/>", parts[DECK]])}


def content_types(chance: random.Random, parts: Parts) -> Parts:
    """A part that says that it is something else, or nothing."""
    lines = re.findall(rb"<(?:Override|Default)[^>]*>", parts[TYPES])
    line = chance.choice(lines)
    kind = rb'ContentType="%s"' % chance.choice(KINDS).encode()
    new = chance.choice([b"", line + line, re.sub(rb'ContentType="[^"]*"', kind, line)])
    return parts | {TYPES: parts[TYPES].replace(line, new)}


def missing(chance: random.Random, parts: Parts) -> Parts:
    """Without one or two of the parts."""
    gone = set(chance.sample(sorted(parts), chance.choice([1, 1, 2])))
    return {name: content for name, content in parts.items() if name not in gone}


def broken(chance: random.Random, parts: Parts) -> Parts:
    """An element, attribute or value of a part taken away, doubled or changed."""
    name = chance.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels"))])
    pattern = chance.choice(
        [rb"<[a-zA-Z:]+[^>]*/>", rb' [a-zA-Z:]+="[^"]*"', rb'"[^"]*"', rb"<p:ph[^>]*>", rb"<p:[a-zA-Z]+>"]
    )
    found = list(re.finditer(pattern, parts[name]))
    if not found:
        return broken(chance, parts)
    text = parts[name]
    for match in chance.sample(found, min(len(found), chance.choice([1, 3, 30])))[::-1]:
        old = match.group()
        new = chance.choice(
            [b"", old * 2, re.sub(rb'"[^"]*"', chance.choice([b'"-1"', b'"x"', b'""', b'"99999999999"']), old)]
        )
        text = text.replace(old, new, chance.choice([1, -1]))
    return parts | {name: text}


def encodings(chance: random.Random, parts: Parts) -> Parts:
    """A part in another encoding, or one that says so."""
    name = chance.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels"))])
    body = re.sub(r"^<\?xml.*?\?>", "", parts[name].decode())
    said = chance.choice(["utf-8", "utf-16", "utf-7", "latin-1", "cp037", "utf-32", "x-tidak-ada"])
    how = chance.choice(["utf-8", "utf-16", "utf-8-sig", "utf-7", "utf-32", "latin-1"])
    return parts | {name: f'<?xml version="1.0" encoding="{said}"?>{body}'.encode(how, "replace")}


MADE: tuple[Callable[[random.Random, Parts], Parts], ...] = (
    nodes, many, relations, entities, sizes, names, content_types, missing, broken, broken, encodings,
)  # fmt: skip


def decks(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many hostile decks, each with what was done to it; every tenth is damaged or packed otherwise as well."""
    chance, honest = random.Random(seed), plain()
    for number in range(count):
        made = MADE[number % len(MADE)]
        content = packed(made(chance, honest))
        if number % 10 == 9:
            content = harmed(chance, content)
        yield f"{number} {made.__name__}", content


def harmed(chance: random.Random, content: bytes) -> bytes:
    """A file that was cut, changed, prefixed, encrypted or packed in another way."""
    place = chance.randrange(len(content))
    return chance.choice([
        lambda: content[:place],
        lambda: content[:place] + chance.randbytes(20) + content[place + 20 :],
        lambda: chance.randbytes(100) + content,
        lambda: content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        lambda: packed(unpacked(content), zipfile.ZIP_LZMA),
        lambda: packed(unpacked(content), zipfile.ZIP_BZIP2),
    ])()  # fmt: skip


def outcomes(seed: int, count: int) -> dict[str, tuple[str, str]]:
    """Check hostile decks one after the other; why and where each of those that are refused is."""
    refused = {}
    for name, content in decks(seed, count):
        try:
            deck_check.check(content)
        except PackageError as error:
            refused[name] = error.code, error.part
    return refused
