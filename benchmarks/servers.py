"""Start everything that is compared: Tapal, its rivals and the floors, all on the same polygons."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.serving import ROOT, free_port, serve

STUDY = ("32.75", "32.76", "36.04", "36.73", "36.72")
APPS = Path(__file__).parent / "apps"


def study_polygons() -> dict[str, object]:
    """The kelurahan of the study area in one FeatureCollection, exactly as Tapal draws them."""
    manifest = json.loads((ROOT / "data" / "shipped" / "geometry.json").read_text(encoding="utf-8"))
    files = [ROOT / "static" / manifest["kelurahan"][kode] for kode in STUDY]
    features = [
        feature for file in files for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
    ]
    return {"type": "FeatureCollection", "features": features}


@contextmanager
def everything() -> Iterator[dict[str, str]]:
    """Addresses by name, as long as the context lasts."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        work = Path(folder)
        shutil.copytree(APPS, work, dirs_exist_ok=True)
        static = work / "static"
        static.mkdir()
        for name in ("leaflet.js", "leaflet.css"):
            shutil.copy(ROOT / "static" / "vendor" / "leaflet" / name, static)
        (static / "study.json").write_text(
            json.dumps(study_polygons(), separators=(",", ":")), encoding="utf-8"
        )
        shutil.copy(APPS / "leaflet.html", static / "index.html")
        assets = work / "assets"
        assets.mkdir()
        shutil.copy(static / "study.json", assets)
        shutil.copy(APPS / "dash_style.js", assets)
        yield {
            "tapal": stack.enter_context(serve("server.py")),
            "empty": stack.enter_context(serve(work / "empty.py")),
            "tutorial": stack.enter_context(serve(work / "tutorial.py")),
            "dash": stack.enter_context(_dash(work / "dash_map.py", assets)),
            "leaflet": stack.enter_context(_files(static)),
        }


@contextmanager
def _dash(script: Path, assets: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), str(assets)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(address, timeout=2):
                    break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(
                        "dash-leaflet does not start: is requirements-bench.txt installed?"
                    ) from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
