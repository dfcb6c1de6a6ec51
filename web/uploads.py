"""How much one session, and all of them together, may keep on the server as uploaded files, and how often some come.

The size of one file is bounded by Streamlit (``server.maxUploadSize``), while it arrives.
"""

import re
from collections import Counter
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from records.rates import Rate
from web.refusals import refusal

MOST_FILES: Final = 20
MOST_BYTES: Final = 40_000_000
MOST_BYTES_OF_ALL: Final = 500_000_000
_UPLOAD: Final = re.compile(r"(?:/.*)?/_stcore/upload_file/([^/]+)/[^/]+")


def _sizes_of(session: str | None = None) -> list[int]:
    """Return the bytes of every file that one session, or all of them, keep on the server."""
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if not isinstance(files, MemoryUploadedFileManager):
        return []
    kept = files.file_storage
    chosen = list(kept.values()) if session is None else [kept[session]] if session in kept else []
    return [len(file.data) for each in chosen for file in list(each.values())]


async def _read_to_its_end(receive: Receive) -> None:
    """Drop what is still coming: a browser that is interrupted would show no reason."""
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass


class BoundedUploads:
    """Refuse an upload that would be one too many for its session, for its address or for the server.

    Parameters
    ----------
    app
        What takes it.
    rate
        How often an address may send a file.
    """

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self.app = app
        self.rate = rate
        self.coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = _UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload is None:
            await self.app(scope, receive, send)
            return
        session = upload[1]
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal():
            # Every browser says how much it is about to send; the server reads no further than that.
            answer = refusal(411, "Ukuran berkas tidak disebut.", "The size of the file is not given.")
            await answer(scope, receive, send)
            return
        size, kept = int(length), _sizes_of(session)
        if seconds := self.rate.take((scope.get("client") or ("",))[0]):
            if size <= MOST_BYTES:
                await _read_to_its_end(receive)
            answer = refusal(
                429,
                "Terlalu banyak berkas dikirim dari jaringan ini. Coba lagi beberapa menit lagi.",
                "Too many files were sent from this network. Try again in a few minutes.",
            )
            answer.headers["Retry-After"] = str(seconds)
            await answer(scope, receive, send)
            return
        mine = sum(kept) + self.coming[session] + size
        everything = sum(_sizes_of()) + self.coming.total() + size
        if len(kept) >= MOST_FILES or mine > MOST_BYTES or everything > MOST_BYTES_OF_ALL:
            if size <= MOST_BYTES:
                await _read_to_its_end(receive)
            answer = refusal(
                413,
                "Terlalu banyak berkas di sesi ini atau di server. Hapus berkas yang tidak dipakai, lalu coba lagi.",
                "Too many files in this session or on the server. Remove the files that are not used and try again.",
            )
            await answer(scope, receive, send)
            return
        self.coming[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self.coming[session] -= size
            self.coming += Counter()
