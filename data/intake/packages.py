"""What an Office file holds (a ZIP of XML parts, ECMA-376 part 2), seen in bounded memory before a library opens it."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from xml.parsers import expat

STEP = 1 << 16
TYPES = "[Content_Types].xml"
# XML in another encoding may read differently in another program.
ENCODINGS = {None, "utf-8", "utf-16", "us-ascii"}
# What zipfile raises when its tables are damaged or lie.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, OverflowError)


@dataclass(frozen=True)
class Bounds:
    """How much an Office file may hold: far more than honest ones do.

    Attributes
    ----------
    packed, unpacked, part : bytes of the file, of all parts unpacked, of one part
    ratio : unpacked bytes for each packed one, over the whole file
    parts, relations : how many in all
    nodes : elements, attributes, comments and instructions of all XML parts
    depth : how deep elements lie in one another
    tag : bytes of one tag with its attributes, of one comment or instruction
    """

    packed: int = 10_000_000
    unpacked: int = 60_000_000
    part: int = 30_000_000
    ratio: int = 100
    parts: int = 2_000
    relations: int = 10_000
    nodes: int = 400_000
    depth: int = 100
    tag: int = 200_000


class PackageError(ValueError):
    """An Office file that is not opened.

    Parameters
    ----------
    code : besar (too many bytes or parts), padat (more XML than its size tells), entitas (a DTD), bentuk (no such
        file); who reads the file adds reasons of its own
    part : name of the part where it was seen; empty for the whole file
    """

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code, part)
        self.code, self.part = code, part


@dataclass(frozen=True)
class Relation:
    """What a part says of another one.

    Attributes
    ----------
    part : name of the part that lists it
    type : an address that says what the other part is to this one
    target : name or address of the other part
    external : the target lies outside the file
    """

    part: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """What was seen.

    Attributes
    ----------
    types : content type, in small letters, by name of the part; empty where the file tells none
    relations : all of all parts
    """

    types: Mapping[str, str]
    relations: tuple[Relation, ...]


def look_into(content: bytes, bounds: Bounds) -> Package:
    """Unpack an Office file step by step and count; nothing of it is kept but content types and relations.

    Raises
    ------
    PackageError
        It does not keep the bounds, or is no such file.
    """
    _few(content, bounds)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Count(bounds).package(archive)
    except DAMAGED as error:
        raise PackageError("bentuk") from error


def stream_parts(content: bytes, bounds: Bounds) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and content of each part, unpacked step by step within the bounds; its XML is not read.

    Every part must be taken to its end before the next one. Only at the end of all is it known to keep the bounds.

    Raises
    ------
    PackageError
        It does not keep the bounds, or is no such file.
    """
    _few(content, bounds)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for entry in _Count(bounds).entries(archive):
                with archive.open(entry) as stream:
                    yield entry.filename, _steps(stream)
    except DAMAGED as error:
        raise PackageError("bentuk") from error


def _steps(stream: IO[bytes]) -> Iterator[bytes]:
    try:
        while step := stream.read(STEP):
            yield step
    except DAMAGED as error:
        raise PackageError("bentuk") from error


def _few(content: bytes, bounds: Bounds) -> None:
    """Before zipfile makes an object of each entry."""
    if len(content) > bounds.packed or content.count(b"PK\x01\x02") > bounds.parts:
        raise PackageError("besar")


class _Count:
    """Counts while it reads; one for each file."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.nodes = self.depth = 0
        self.part = ""
        self.by_ending: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self.relations: list[Relation] = []

    def package(self, archive: zipfile.ZipFile) -> Package:
        entries = {entry.filename: entry for entry in self.entries(archive)}
        if TYPES not in entries:
            raise PackageError("bentuk")
        self.read(archive, entries.pop(TYPES), True)
        types = {name: self.type_of(name) for name in entries}
        for name, entry in entries.items():
            kind = types[name]
            # A drawing in SVG stays as it is: nobody here reads its XML.
            self.read(archive, entry, name.lower().endswith(".rels") or (kind.endswith("xml") and kind[:6] != "image/"))
        return Package(types, tuple(self.relations))

    def entries(self, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
        """The parts by their table of contents: bounds that can be held before anything is unpacked."""
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if len(entries) > self.bounds.parts or unpacked > self.bounds.unpacked or unpacked / packed > self.bounds.ratio:
            raise PackageError("besar")
        seen: set[str] = set()
        for entry in entries:
            name = entry.filename
            steps = name.removesuffix("/").split("/")
            if entry.file_size > self.bounds.part:
                raise PackageError("besar", name)
            if (
                name.lower() in seen
                or {"", ".", ".."} & set(steps)
                or "\\" in name
                or not name.isprintable()
                or stat.S_ISLNK(entry.external_attr >> 16)
                # Other ways to pack cost memory of their own.
                or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            ):
                raise PackageError("bentuk", name)
            seen.add(name.lower())
            if not entry.is_dir():
                yield entry

    def type_of(self, name: str) -> str:
        ending = name.lower().rpartition("/")[2].rpartition(".")[2]
        return self.by_name.get(f"/{name.lower()}", self.by_ending.get(ending, ""))

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, xml: bool) -> None:
        """Read a part to its end, through the parser where it is XML."""
        self.part, self.depth, read = entry.filename, 0, 0
        parser = self.parser()
        with archive.open(entry) as stream:
            while step := stream.read(STEP):
                read += len(step)
                if xml:
                    self.parse(parser, step, False)
                    # The parser keeps what it has not seen the end of.
                    if read - parser.CurrentByteIndex > self.bounds.tag + STEP:
                        raise PackageError("padat", self.part)
        if xml:
            self.parse(parser, b"", True)

    def parse(self, parser: expat.XMLParserType, step: bytes, last: bool) -> None:
        try:
            parser.Parse(step, last)
        except expat.ExpatError as error:
            raise PackageError("bentuk", self.part) from error

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.XmlDeclHandler = self.declared
        parser.StartDoctypeDeclHandler = self.has_dtd
        parser.StartElementHandler = self.started
        parser.EndElementHandler = self.ended
        parser.CommentHandler = parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = self.node
        return parser

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise PackageError("bentuk", self.part)

    def has_dtd(self, *named: object) -> None:
        raise PackageError("entitas", self.part)

    def node(self, *said: object, count: int = 1) -> None:
        self.nodes += count
        if self.nodes > self.bounds.nodes:
            raise PackageError("padat", self.part)

    def started(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        if self.depth > self.bounds.depth:
            raise PackageError("padat", self.part)
        self.node(count=1 + len(attributes) // 2)
        # Whatever prefix it has, it may be read by its last name.
        last = name.rpartition(":")[2]
        if self.part == TYPES and last in ("Default", "Override"):
            self.learn(dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif last == "Relationship" and self.part.lower().endswith(".rels"):
            self.relate(dict(zip(attributes[::2], attributes[1::2], strict=True)))

    def ended(self, name: str) -> None:
        self.depth -= 1

    def learn(self, said: dict[str, str]) -> None:
        """A line of the table of content types."""
        table, key = (self.by_name, "PartName") if "PartName" in said else (self.by_ending, "Extension")
        kind = said.get("ContentType", "").lower()
        if table.setdefault(said.get(key, "").lower(), kind) != kind:
            raise PackageError("bentuk", TYPES)

    def relate(self, said: dict[str, str]) -> None:
        folder, _, name = self.part.rpartition("_rels/")
        found = Relation(
            folder + name.removesuffix(".rels"),
            said.get("Type", ""),
            said.get("Target", ""),
            said.get("TargetMode", "").lower() == "external",
        )
        self.relations.append(found)
        if len(self.relations) > self.bounds.relations:
            raise PackageError("padat", self.part)
