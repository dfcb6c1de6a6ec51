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
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geo import topology
from tests.serving import ROOT, free_port, serve

STUDY = ("32.75", "32.76", "36.04", "36.73", "36.72")
APPS = Path(__file__).parent / "apps"
# What Plotly loads as the world behind its polygons: none.
NO_WORLD = {
    "type": "Topology",
    "arcs": [],
    "objects": {
        name: {"type": "GeometryCollection", "geometries": []}
        for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    },
}


def layers() -> dict[str, list[dict[str, Any]]]:
    """Features by layer, exactly those that Tapal draws of the study area: kelurahan and what is around."""
    manifest = json.loads((ROOT / "data" / "shipped" / "geometry.json").read_text(encoding="utf-8"))

    def features(*names: str) -> list[dict[str, Any]]:
        texts = ((ROOT / "static" / name).read_text(encoding="utf-8") for name in names)
        return [feature for text in texts for feature in topology.features(json.loads(text))]

    return {
        "study": features(*(manifest["kelurahan"][kode] for kode in STUDY)),
        "mesh": features(*(manifest["kecamatan"][kode] for kode in STUDY)),
        "land": features(manifest["around"]),
        "line": features(*(path for pair, path in manifest["borders"].items() if set(pair.split("|")) <= set(STUDY))),
    }


@contextmanager
def everything(skip: Collection[str] = ()) -> Iterator[dict[str, str]]:
    """Addresses by name, as long as the context lasts; `skip` names rivals that are not started."""
    with TemporaryDirectory() as temporary, ExitStack() as stack:
        work = Path(temporary)
        shutil.copytree(APPS, work, dirs_exist_ok=True)
        static = work / "static"
        static.mkdir()
        for name in ("leaflet.js", "leaflet.css"):
            shutil.copy(ROOT / "static" / "vendor" / "leaflet" / name, static)
        shutil.copy(APPS / "leaflet.html", static / "index.html")
        (static / "world_110m.json").write_text(json.dumps(NO_WORLD), encoding="utf-8")
        assets = work / "assets"
        assets.mkdir()
        for name, features in layers().items():
            text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
            for folder in (static, assets):
                (folder / f"{name}.json").write_text(text, encoding="utf-8")
        shutil.copy(APPS / "dash_style.js", assets)
        start = {
            "tapal": lambda: serve("server.py"),
            "empty": lambda: serve(work / "empty.py"),
            "controls": lambda: serve(work / "controls.py"),
            "tutorial": lambda: serve(work / "tutorial.py"),
            "plotly": lambda: serve(work / "plotly_map.py"),
            "pydeck": lambda: serve(work / "pydeck_map.py"),
            "dash": lambda: _dash(work / "dash_map.py", assets),
            "leaflet": lambda: _files(static),
        }
        yield {name: stack.enter_context(open_it()) for name, open_it in start.items() if name not in skip}


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
                    raise RuntimeError("dash-leaflet does not start: is requirements-bench.txt installed?") from None
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
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
