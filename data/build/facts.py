"""Sourced facts about named places, in both languages and tied to codes where the names leave no doubt."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.build import translated
from data.build.named import Names
from data.build.raw import Raw

FACTS = "records/service_facts.csv"
TRANSLATIONS = Path(__file__).with_name("facts_id.csv")
TRANSLATED = ["fact"]
MUSRENBANG = "records/musrenbang.csv"
MUSRENBANG_TRANSLATIONS = Path(__file__).with_name("musrenbang_id.csv")
MUSRENBANG_TRANSLATED = [
    "kabkota", "kecamatan", "kelurahan", "type", "item", "value", "unit", "plan_year", "held_date",
]  # fmt: skip
COLUMNS = [
    "id", "area_pair", "kabkota", "kecamatan", "kelurahan", "kode", "kode_kecamatan", "sector", "fact_en", "fact_id",
    "value", "value_id", "unit_id", "unit_en", "year", "year_id", "source_url", "source_date", "certainty",
]  # fmt: skip
CODE = re.compile(r"\b\d\d\.\d\d\.\d\d\.\d{4}\b")


def build(raw: Raw, names: Names, translations: Path = TRANSLATIONS) -> pd.DataFrame:
    """facts.parquet, one row a fact, with the kelurahan and kecamatan that it names (codes joined by ";").

    A kelurahan is matched inside the named kabkota and, where one is named, the named kecamatan, by a name
    that occurs there once, or by a code that the fact itself gives. Names that the translation table calls
    doubtful are skipped. What was published of musrenbang follows, with its numbers in the text; rows that the
    translation table leaves out, each with its reason, are no facts.

    Parameters
    ----------
    raw : the raw records
    names : of the units, by which places are tied to codes
    translations : CSV with the Indonesian text of each fact
    """
    rows = translated.keyed(raw[FACTS], "f", TRANSLATED)
    merged = rows.merge(translated.read(translations), on=["id", "hash"], validate="one_to_one")
    merged = pd.concat([merged, _musrenbang(raw)], ignore_index=True).fillna("")
    matched = [_match(row, names) for row in merged.itertuples()]
    merged["kode"] = [";".join(sorted(kelurahan)) for kelurahan, _ in matched]
    merged["kode_kecamatan"] = [";".join(sorted(kecamatan)) for _, kecamatan in matched]
    return merged.rename(columns={"fact": "fact_en"})[COLUMNS].astype(str)


def _musrenbang(raw: Raw) -> pd.DataFrame:
    rows = translated.keyed(raw[MUSRENBANG], "m", MUSRENBANG_TRANSLATED)
    told = translated.read(MUSRENBANG_TRANSLATIONS)
    places = ["id", "hash", "kabkota", "kecamatan", "kelurahan", "source_url", "source_date", "certainty"]
    merged = rows[places].merge(told, on=["id", "hash"], validate="one_to_one")
    kept = merged[merged["left_out"] == ""].rename(columns={"fact_en": "fact"})
    return kept.assign(sector="musrenbang", year_id=kept["year"]).drop(columns="left_out")


def _match(row: object, names: Names) -> tuple[set[str], set[str]]:
    kabkota = [code for code in map(names.kabkota, names_in(row.kabkota)) if code]  # type: ignore[attr-defined]
    kecamatan = {
        code
        for name in names_in(row.kecamatan)  # type: ignore[attr-defined]
        for code in (names.kecamatan(k, name) for k in kabkota)
        if code
    }
    areas = sorted(kecamatan) or kabkota
    doubtful = set(names_in(row.doubtful))  # type: ignore[attr-defined]
    kelurahan = set()
    for name in names_in(row.kelurahan):  # type: ignore[attr-defined]
        found = {names.kelurahan(area, name) for area in areas} - {""}
        if len(found) == 1 and name not in doubtful:
            kelurahan |= found
    stated = {code for code in CODE.findall(row.fact) if code[:8] in kecamatan}  # type: ignore[attr-defined]
    kelurahan |= {code for code in stated if names.name(code) not in doubtful}
    return kelurahan, kecamatan | {code[:8] for code in kelurahan}


def names_in(text: str) -> list[str]:
    """The single names of a cell; remarks in brackets are dropped."""
    plain = re.sub(r"\([^)]*\)", "", text)
    return [name.strip() for name in re.split(r"[;/,–]", plain) if name.strip()]
