"""Published figures and cases of the fire services, and what the list of posts says beyond their place."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.build import translated
from data.build.fire import FIRE
from data.build.named import Names
from data.build.raw import Raw

STATS = "records/fire_stats.csv"
TRANSLATIONS = Path(__file__).with_name("fire_stats_id.csv")
TRANSLATED = ["period", "value", "unit", "note"]
COLUMNS = [
    "id", "kode_kabkota", "metric", "period_id", "period_en", "value_id", "value_en", "unit_id", "unit_en",
    "note_id", "note_en", "number", "source_url", "source_date", "certainty",
]  # fmt: skip
POST_COLUMNS = ["id", "label", "exists", "address", "source_url", "source_date", "certainty"]
EXISTS = {"yes": "ada", "probably": "mungkin", "no post": "tidak", "not yet / not confirmed": "rencana"}
REMARK = re.compile(r"^\([^)]*\)\s*|\s*\(base; exact place not found\)$")
ADDRESS_WORDS = {
    "(2025 page)": "(laman 2025)",
    "(2022 page)": "(laman 2022)",
    "(former kelurahan office)": "(bekas kantor kelurahan)",
}


def build(raw: Raw, names: Names, translations: Path = TRANSLATIONS) -> pd.DataFrame:
    """fire_stats.parquet, one row a published figure.

    Text that is the same in both languages stands once in the raw file.

    Parameters
    ----------
    raw : the raw records
    names : of the kabkota
    translations : CSV with the Indonesian text of each figure
    """
    rows = translated.keyed(raw[STATS], "d", TRANSLATED)
    rows["kode_kabkota"] = rows["kabkota"].map(names.kabkota)
    merged = rows.merge(translated.read(translations), on=["id", "hash"], validate="one_to_one")
    for column in ("period", "value", "unit"):
        for language in ("id", "en"):
            own = merged[f"{column}_{language}"]
            merged[f"{column}_{language}"] = own.where(own.ne(""), merged[column])
    merged["number"] = pd.to_numeric(merged["number"], errors="coerce").astype("float64")
    result = merged.rename(columns={"note": "note_en"})[COLUMNS]
    return result.astype({c: str for c in COLUMNS if c != "number"})


def posts(raw: Raw, places: pd.DataFrame) -> pd.DataFrame:
    """fire_posts.parquet: by the id of the facility, whether the post exists, and who says so."""
    rows = raw[FIRE]
    mine = places[places["kind"] == "pos_damkar"]
    result = []
    for id_, name, ids in zip(mine["id"], mine["name"], mine["source_ids"], strict=True):
        own = rows.iloc[[int(part.removeprefix("fire_posts:")) - 1 for part in ids.split("|")]]
        cells = {c: " | ".join(dict.fromkeys(filter(None, own[c]))) for c in ("address", "source_url", "certainty")}
        for english, indonesian in ADDRESS_WORDS.items():
            cells["address"] = cells["address"].replace(english, indonesian)
        result.append(
            {"id": id_, "label": REMARK.sub("", name), "exists": EXISTS[own["exists"].iloc[0]], **cells,
             "source_date": max(own["source_date"])}
        )  # fmt: skip
    return pd.DataFrame(result, columns=POST_COLUMNS).astype(str)
