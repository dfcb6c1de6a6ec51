"""Photos of reports: only pixels stay, and what would take too much is refused in words."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from records.citizen_reports import photos
from records.citizen_reports.entries import ReportError
from records.citizen_reports.photos import in_child, kept

PAYLOAD = b"<script>alert(1)</script>PK\x03\x04"


def picture(kind: str, size: tuple[int, int] = (640, 480), **more: Any) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def with_place(turned: int = 6) -> Image.Exif:
    """What a telephone writes: where, with what, and that the picture lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8298] = turned, "Telepon Budi", "Budi"
    exif[0x8825] = {1: "S", 2: (6.0, 20.0, 44.0), 3: "E", 4: (106.0, 54.0, 44.0)}
    return exif


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large, and is."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    pack = zlib.compressobj(9)
    line = b"\0" * ((width + 7) // 8 + 1)
    body = b"".join(pack.compress(line) for _ in range(min(height, 20_000))) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_no_photo_leaves_with_its_place_or_anything_else_that_is_no_pixel() -> None:
    sent = picture("JPEG", exif=with_place(), comment=b"rumah Budi", icc_profile=b"profil") + PAYLOAD
    with Image.open(BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825), "the photo that was sent knows where it was taken"
    made = kept(sent)
    with Image.open(BytesIO(made)) as after:
        assert after.format == "JPEG"
        assert dict(after.getexif()) == {}
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert after.size == (480, 640), "it stands upright"
    for trace in (b"Exif", b"GPS", b"Budi", b"profil", b"<script", b"PK\x03\x04"):
        assert trace not in made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_telephones_are_taken_and_made_smaller(kind: str) -> None:
    content, problem = in_child(picture(kind, (3000, 2000), exif=with_place(1)))
    assert problem == ""
    with Image.open(BytesIO(content)) as after:
        assert after.size == (1600, 1067)
        assert dict(after.getexif()) == {}


def test_a_photo_of_several_pictures_is_taken_as_its_first() -> None:
    out = BytesIO()
    first, second = (Image.new("RGB", (64, 48), colour) for colour in ("red", "blue"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    content, problem = in_child(out.getvalue())
    assert problem == ""
    with Image.open(BytesIO(content)) as after:
        red, _, blue = after.getpixel((5, 5))  # type: ignore[misc]
        assert red > 200 > blue


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "heic"),
        (b"", "no_photo"),
        (b"GIF89a" + b"\0" * 100, "no_photo"),
        (b"%PDF-1.7", "no_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no_photo"),
        (PAYLOAD, "no_photo"),
        (b"\xff\xd8\xff" + b"\0" * photos.MOST_BYTES, "large"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_bytes(sent: bytes, reason: str) -> None:
    with pytest.raises(ReportError) as refused:
        kept(sent)
    assert (refused.value.field, refused.value.reason) == ("photo", reason)


def animated(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (animated("WEBP"), "moving"),
        (animated("PNG"), "moving"),
        (picture("JPEG")[:3000], "damaged"),
        (picture("PNG")[:200], "damaged"),
        (b"\xff\xd8\xff" + PAYLOAD, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + PAYLOAD, "damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_says_why(sent: bytes, reason: str) -> None:
    assert in_child(sent) == (b"", reason)


@pytest.mark.parametrize("side", [6_000, 60_000])
def test_a_photo_of_too_many_pixels_is_refused(side: int) -> None:
    assert in_child(huge_png(side, side)) == (b"", "pixels")


@pytest.mark.parametrize("side", [4_900, 60_000])
def test_a_photo_bomb_is_read_within_its_memory_or_refused(side: int) -> None:
    bomb = huge_png(side, side)
    assert len(bomb) < 200_000
    if side * side <= photos.MOST_PIXELS_AT_ONCE:
        assert len(kept(bomb)) < 200_000
        return
    with pytest.raises(ReportError, match="pixels"):
        kept(bomb)


def test_what_takes_more_memory_than_it_may_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MEGABYTES", 60)
    with pytest.raises(ReportError) as refused:
        kept(picture("JPEG", (3000, 3000)))
    assert refused.value.reason in ("pixels", "damaged")
