"""The numbers of the data card (data/README.md): written by the build between markers, so that they cannot drift."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SHORT = {
    "31.75": "Jaktim", "32.75": "Bekasi", "32.76": "Depok", "36.01": "Pandeglang", "36.02": "Lebak",
    "36.03": "Kab. Tgr", "36.04": "Kab. Serang", "36.72": "Cilegon", "36.73": "Kota Serang",
}  # fmt: skip
PLACES = SHORT | {"32.01": "Kab. Bogor", "32.16": "Kab. Bekasi"}
KABKOTA = (*SHORT.values(), "elsewhere")


def render(text: str, checks: Mapping[str, Any]) -> str:
    """The text of the data card with the numbers of a build.

    Parameters
    ----------
    text : str
        Markdown; what stands between ``<!-- NAME -->`` and ``<!-- /NAME -->`` is replaced, for every section.
    checks : mapping
        checks.json.
    """
    for name, lines in sections(checks).items():
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        found = block.search(text)
        if found is None:
            raise ValueError(f"data card: section {name} is missing")
        start, end = found[1], found[2]
        text = text[: found.start()] + start + "\n".join(lines) + "\n" + end + text[found.end() :]
    return text


def sections(checks: Mapping[str, Any]) -> dict[str, list[str]]:
    """Lines of Markdown by section, out of checks.json."""
    return {
        "rows": _rows(checks["rows"]),
        "facilities": _facilities(checks["facilities"]),
        "left_out": _left_out(checks["left_out"]),
        "coverage": _coverage(checks["coverage"]),
        "quality": _quality(checks["quality"]),
        "schools": _schools(checks["school_tally"]),
        "error": _error(checks["population_error"]),
        "unmatched": [f"- kerapatan_jalan: no match for {'; '.join(checks['roads_unmatched']) or 'none'}"],
    }


def _table(head: list[str], rows: list[list[Any]]) -> list[str]:
    def line(cells: list[Any]) -> str:
        return "| " + " | ".join(str(cell) for cell in cells) + " |"

    return [line(head), "|" + "---|" * len(head), *(line(row) for row in rows)]


def _by_kabkota(counts: Mapping[str, int]) -> list[Any]:
    """A cell a kabkota, and one for all others."""
    elsewhere = sum(n for kode, n in counts.items() if kode not in SHORT)
    return [*(counts.get(kode, 0) or "–" for kode in SHORT), elsewhere or "–"]


def _rows(rows: Mapping[str, Any]) -> list[str]:
    body = []
    for name, entry in sorted(rows.items()):
        where = entry.get("kabkota", {})
        body.append([name, entry["rows"], *(_by_kabkota(where) if where else [""] * len(KABKOTA))])
    return _table(["table", "rows", *KABKOTA], body)


def _facilities(kinds: Mapping[str, Any]) -> list[str]:
    body = [[kind, e["records"], e["places"], e["merged_places"], e["used"]] for kind, e in sorted(kinds.items())]
    return _table(["kind", "records", "places", "places merged from several records", "used in calculations"], body)


def _left_out(tree: Mapping[str, Any]) -> list[str]:
    body = []
    for kind, where in sorted(tree.items()):
        reasons = sorted({reason for counts in where.values() for reason in counts})
        for reason in reasons:
            counts = {kode: found[reason] for kode, found in where.items() if reason in found}
            body.append([kind, reason, sum(counts.values()), *_by_kabkota(counts)])
    return _table(["kind", "reason", "all", *KABKOTA], body)


def _coverage(tree: Mapping[str, Any]) -> list[str]:
    body = [
        [indicator, level, *_by_kabkota(counts)]
        for indicator, levels in sorted(tree.items())
        for level, counts in sorted(levels.items(), reverse=True)
    ]
    return _table(["indicator", "level", *KABKOTA], body)


def _quality(tree: Mapping[str, Any]) -> list[str]:
    grades = ("tinggi", "sedang", "rendah")
    body = [[indicator, *(counts.get(grade, "–") for grade in grades)] for indicator, counts in sorted(tree.items())]
    return _table(["indicator", *grades], body)


def _schools(tree: Mapping[str, Any]) -> list[str]:
    levels = ("sd", "smp", "sma", "smk", "slb")
    body = [
        [SHORT[kode], *(f"{found[level]['listed']} / {found[level]['count']}" for level in levels)]
        for kode, found in sorted(tree.items())
    ]
    return _table(["kabkota", *levels], body)


def _error(found: Mapping[str, Any]) -> list[str]:
    body = [
        [
            PLACES[e["kode_kabkota"]], e["jenis"], e["n"],
            *(f"{e[key]:.1%}" for key in ("mean_abs", "median_abs", "p90_abs", "worst")), e["worst_kode"],
            f"{e['coverage']:.0%}", f"{e['sum_coverage']:.0%}",
        ]
        for e in found["areas"]
    ]  # fmt: skip
    tried = [
        [PLACES[kode], *(f"{error:.2%}" for _, error in sorted(errors.items()))]
        for kode, errors in sorted(found["tried"].items())
    ]
    head = ["kabkota", "kind", "n", "mean", "median", "90th percentile", "worst", "worst at", "covered", "sums covered"]
    return [
        *_table(head, body),
        "",
        f"Mixture: {found['mixture']}. Half of a range: {found['factor']:.3f} / √(polling stations) of the estimate. "
        f"Covered over all: {found['coverage']:.1%}; sums of neighbours: {found['sum_coverage']:.1%}.",
        "",
        "Mean error of every mixture tried:",
        "",
        *_table(["kabkota", *sorted(next(iter(found["tried"].values())))], tried),
    ]
