"""Draw docs/gambar/arsitektur.svg: which folder imports which, counted from the code.

``python scripts/architecture.py`` writes the picture anew; a test compares it with the code.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "gambar" / "arsitektur.svg"
FOLDERS = ("geo", "analysis", "data", "open_data", "records", "views", "pages", "web")
FILES = ("app.py", "server.py", "report.py")

# Files of a topic that draw on the screen; the others of its folder are pure.
ON_SCREEN = {"card", "controls", "editor", "screen", "sections", "state"}

# One row a layer, from what is opened down to what everything stands on.
LAYERS = (
    ("app.py", "pages", "server.py", "report.py"),
    ("views/meeting", "web"),
    ("views/topics: screen",),
    ("views/screen",),
    ("views/link", "views/exports"),
    ("views/story",),
    ("views/topics: pure", "views/paper"),
    ("views/figures", "open_data", "records"),
    ("views/language", "data/build"),
    ("analysis", "data"),
    ("geo",),
)
BOX = (172, 44)
GAP = (40, 40)


def runtime_imports(source: str) -> Iterator[str]:
    """Yield the dotted names that a module imports when it runs, also inside functions; not those for types alone."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))


def modules() -> dict[str, Path]:
    """Return the path of every module of the product by dotted name."""
    paths = [ROOT / name for name in FILES]
    paths += [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in paths}


def graph() -> dict[str, set[str]]:
    """Return the modules of the product that each module imports when it runs."""
    known = modules()

    def target(name: str) -> str | None:
        return name if name in known else name.rpartition(".")[0] if name.rpartition(".")[0] in known else None

    return {
        module: {t for name in runtime_imports(path.read_text(encoding="utf-8")) if (t := target(name))} - {module}
        for module, path in known.items()
    }


def place_of(module: str) -> str:
    """Return the box of a module in the picture."""
    parts = module.split(".")
    if parts[0] == "views" and len(parts) > 1:
        if parts[1] != "topics":
            return f"views/{parts[1]}"
        return "views/topics: screen" if parts[-1] in ON_SCREEN else "views/topics: pure"
    if parts[:2] in (["data", "build"], ["data", "national"]):
        return "data/build"
    return f"{parts[0]}.py" if f"{parts[0]}.py" in FILES else parts[0]


def arrows() -> Counter[tuple[str, str]]:
    """Count the imports from box to box."""
    found: Counter[tuple[str, str]] = Counter()
    for module, others in graph().items():
        for other in others:
            ends = place_of(module), place_of(other)
            if ends[0] != ends[1] and "views" not in ends:
                found[ends] += 1
    return found


def layer_of(place: str) -> int:
    """Return the row of a box, counted from the top."""
    return next(row for row, places in enumerate(LAYERS) if place in places)


def drawn(counts: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Leave out what follows from other arrows: from pages over analysis to geo, none from pages to geo is needed."""
    below: dict[str, set[str]] = {}
    for start, end in counts:
        below.setdefault(start, set()).add(end)

    def reached(place: str) -> set[str]:
        ends = {end for end in below.get(place, set()) if layer_of(end) > layer_of(place)}
        return ends.union(*(reached(end) for end in ends))

    return {
        (start, end): count
        for (start, end), count in sorted(counts.items())
        if not any(end in reached(other) for other in below[start] - {end})
    }


def picture() -> str:
    """Return the picture as SVG: a box a folder, a line downwards for its imports, thicker for more."""
    widest = max(len(row) for row in LAYERS)
    width = widest * BOX[0] + (widest + 1) * GAP[0]
    height = len(LAYERS) * BOX[1] + (len(LAYERS) + 1) * GAP[1] - GAP[1]
    spots: dict[str, tuple[float, float]] = {}
    for row, places in enumerate(LAYERS):
        left = (width - len(places) * BOX[0] - (len(places) - 1) * GAP[0]) / 2
        for column, place in enumerate(places):
            spots[place] = (left + column * (BOX[0] + GAP[0]), GAP[1] / 2 + row * (BOX[1] + GAP[1]))
    sizes = Counter(place_of(module) for module in modules())
    lines, boxes = [], []
    for (start, end), count in drawn(arrows()).items():
        (x1, y1), (x2, y2) = spots[start], spots[end]
        x1, y1, x2 = x1 + BOX[0] / 2, y1 + BOX[1], x2 + BOX[0] / 2
        middle = (y1 + y2) / 2
        lines.append(
            f'<path d="M{x1:.0f},{y1:.0f} C{x1:.0f},{middle:.0f} {x2:.0f},{middle:.0f} {x2:.0f},{y2:.0f}" '
            f'stroke-width="{min(1 + count / 12, 6):.1f}"><title>{escape(f"{start} -> {end}: {count}")}</title></path>'
        )
    for place, (x, y) in spots.items():
        files = f"{sizes[place]} file" + ("s" if sizes[place] != 1 else "")
        boxes.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{BOX[0]}" height="{BOX[1]}" rx="6"/>'
            f'<text x="{x + BOX[0] / 2:.0f}" y="{y + 19:.0f}">{escape(place)}</text>'
            f'<text class="small" x="{x + BOX[0] / 2:.0f}" y="{y + 36:.0f}">{files}</text>'
        )
    style = (
        "rect{fill:#fff;stroke:#33415c}text{font:14px sans-serif;text-anchor:middle;fill:#111}"
        ".small{font-size:11px;fill:#444}path{fill:none;stroke:#7a869a;opacity:.55}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
        "<title>Folders of Tapal and their imports, from the pages down</title>"
        f'<style>{style}</style><rect width="{width}" height="{height}" style="fill:#f6f7f9;stroke:none"/>'
        + "\n".join(["", *lines, *boxes, "</svg>", ""])
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")
