"""A photo made anew: only its pixels are kept, smaller; made in a child process of bounded memory."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from data.intake.guards import GuardError, run
from records.citizen_reports.entries import ReportError

MOST_BYTES: Final = 12_000_000
SIDE: Final = 1600
"""Pixels of the longer side that are kept."""
MOST_PIXELS: Final = 120_000_000
"""Of a JPEG, of which a telephone makes no more; it is read at an eighth of its size."""
MOST_PIXELS_AT_ONCE: Final = 25_000_000
"""Of what can only be read whole."""
MEGABYTES, SECONDS = 420, 10
_QUALITY: Final = 80
_HEIC: Final = (b"heic", b"heix", b"heif", b"hevc", b"heim", b"mif1", b"msf1", b"avif")


def kept(content: bytes) -> bytes:
    """A JPEG with the pixels of a photo and nothing else.

    Parameters
    ----------
    content : of the file that was sent: JPEG, PNG or WebP

    Raises
    ------
    ReportError
        large, no_photo, heic, moving, pixels, damaged, or busy where the server has no turn for it now.
    """
    if len(content) > MOST_BYTES:
        raise ReportError("photo", "large")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise ReportError("photo", "heic")
    if not (content[:3] == b"\xff\xd8\xff" or content[:8] == b"\x89PNG\r\n\x1a\n" or content[8:12] == b"WEBP"):
        raise ReportError("photo", "no_photo")
    try:
        made, problem = run(MEGABYTES, SECONDS, in_child, content)
    except GuardError as error:
        raise ReportError("photo", {"busy": "busy", "died": "damaged"}.get(error.reason, "pixels")) from error
    if problem:
        raise ReportError("photo", problem)
    return made


def in_child(content: bytes) -> tuple[bytes, str]:
    """The JPEG, or why there is none; for the child process alone, since it may take much memory.

    Parameters
    ----------
    content : of the file
    """
    import warnings

    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error")
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as photo:
            at_once = photo.format in ("PNG", "WEBP")
            if photo.width * photo.height > (MOST_PIXELS_AT_ONCE if at_once else MOST_PIXELS):
                return b"", "pixels"
            if at_once and getattr(photo, "is_animated", False):
                return b"", "moving"
            photo.draft("RGB", (SIDE, SIDE))
            photo.thumbnail((SIDE, SIDE))
            turned = ImageOps.exif_transpose(photo).convert("RGB")
        # Pasted into an empty picture, to which nothing of the file sticks: no place, no device, no words.
        clean = Image.new("RGB", turned.size)
        clean.paste(turned)
        out = BytesIO()
        clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return b"", "pixels"
    except MemoryError:
        raise
    except Exception:  # however a decoder fails, the file is no photo that can be shown
        return b"", "damaged"
    return out.getvalue(), ""
