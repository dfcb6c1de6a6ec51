"""Which places of a new list stand in an older one: by their official number, else by name and where they stand.

Nothing is guessed: two are taken for one only where the number, or the name in the narrowest area in which it stands
once in each list, leaves no other.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

# What a facility is, and not what it is called.
_WORDS = re.compile(
    r"\b(?:uptd?|uobk|blud|dinas|kesehatan|puskesmas|pkm|rawat|inap|non|dtp|poned|pos|pemadam|kebakaran|damkar|kantor"
    r"|kelurahan|desa|kecamatan|pasar|rumah sakit|umum|daerah|rsud|rs|rsu)\b"
)
_STATE_SCHOOL = re.compile(r"\b(sd|smp|sma|smk|slb|sdlb)[\s.]+(?:negeri|n)\b")


def key_of(name: str) -> str:
    """Letters and digits of the name of a facility, without what it is.

    Examples
    --------
    >>> [key_of(name) for name in ("UPTD Puskesmas Sawah-Luhur", "PKM Sawahluhur", "SD NEGERI SERANG 01", "Puskesmas")]
    ['sawahluhur', 'sawahluhur', 'sdnserang1', 'puskesmas']
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = _STATE_SCHOOL.sub(r"\1n", plain)
    plain = re.sub(r"\b0+(?=\d)", "", plain)
    short = re.sub(r"[^a-z0-9]+", "", _WORDS.sub(" ", plain))
    return short or re.sub(r"[^a-z0-9]+", "", plain)


def pair_up(rows: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """Id of the known place that each row of a list is; "" for a new one. Each known place is taken once.

    Parameters
    ----------
    rows : kind, name, kode (of the area in which it stands), status, mark (official number, "" for none)
    known : by id: kind, name, kode, status, marks (tuple of numbers), counted (a place of which only its number is
        known, in a kecamatan: a new one there is one of them)

    Examples
    --------
    >>> sd = {"kind": "sd", "kode": "1", "status": "negeri"}
    >>> rows = pd.DataFrame({"name": ["SDN A", "SDN B"], "mark": ["", "7"]}).assign(**sd)
    >>> known = pd.DataFrame({"name": ["SD Negeri A", "SDN X"], "marks": [(), ("7",)], "counted": False})
    >>> known = known.assign(**sd).set_axis(["p", "q"])
    >>> pair_up(rows, known).tolist()
    ['p', 'q']
    """
    found = pd.Series("", index=rows.index, dtype=object)
    named, counted = known[~known["counted"]], known[known["counted"]]
    numbers = named["marks"].explode()
    marks = _keyed(named["kind"].reindex(numbers.index), numbers)
    _once(found, _keyed(rows["kind"], rows["mark"])[rows["mark"].astype(bool)], marks[numbers.notna()])
    here, there = (frame[["kind", "kode"]].assign(name=frame["name"].map(key_of)) for frame in (rows, named))
    for length in (13, 8, 0):
        _once(found, _in_areas(here, length), _in_areas(there, length))
    ours, theirs = (
        _keyed(frame["kind"], frame["status"], frame["kode"].str[:8]) for frame in (rows[found.eq("")], counted)
    )
    if len(ours) and len(theirs):
        _once(found, _numbered(ours), _numbered(theirs))
    return found


def _numbered(keys: pd.Series) -> pd.Series:
    """Keys with which of those that are alike each one is."""
    return pd.Series(list(zip(keys, keys.groupby(keys).cumcount(), strict=True)), keys.index, dtype=object)


def _keyed(*columns: pd.Series) -> pd.Series:
    """What each row is known by."""
    return pd.Series(list(zip(*(c.tolist() for c in columns), strict=True)), columns[0].index, dtype=object)


def _in_areas(rows: pd.DataFrame, length: int) -> pd.Series:
    """Rows by kind, name and so many digits of their area; those whose area is wider are left out."""
    kodes = rows["kode"]
    return _keyed(rows["kind"], rows["name"], kodes.str[:length])[kodes.str.len().ge(length)]


def _once(found: pd.Series, ours: pd.Series, theirs: pd.Series) -> None:
    """Take what one key names once in each list, of those that are not taken yet."""
    ours = ours[found[ours.index].eq("")]
    theirs = theirs[~theirs.index.isin(found)]
    ours = ours[~ours.duplicated(keep=False)]
    theirs = theirs[~theirs.duplicated(keep=False)]
    by_key = dict(zip(theirs, theirs.index, strict=True))
    taken = ours[ours.isin(by_key)]
    found.loc[taken.index] = [by_key[key] for key in taken]
