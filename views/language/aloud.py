"""Numbers as one says them: rounded, in words where they are shares, and as a range where the range matters."""

from __future__ import annotations

import re
from math import floor, log10

from babel.numbers import format_compact_decimal

from data.catalogue import Indicator
from views.language.words import Words

COMPACT_FROM = 10_000
LITTLE = 0.05
"""A share below this is next to nothing, and one this far below the whole is nearly all."""
NARROW = 0.15
"""A range of shares that one fraction stands for."""

_UNSAID = re.compile("nW|0–1")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def rounded(w: Words, value: float, digits: int = 2) -> str:
    """A number with so many digits that count, from ten thousand on in thousands and millions.

    Parameters
    ----------
    w : language
    value : any number
    digits : that count

    Examples
    --------
    >>> [rounded(Words("id"), n) for n in (72_612, 1_234_567, 1_249, 1.84, 0)]
    ['73 ribu', '1,2 juta', '1.200', '1,8', '0']
    """
    value = float(f"{value:.{digits}g}")
    if abs(value) >= COMPACT_FROM:
        text = format_compact_decimal(value, format_type="long", locale=w.language, fraction_digits=digits - 1)
        return str(text).replace("\N{NO-BREAK SPACE}", " ")
    decimals = max(0, digits - 1 - floor(log10(abs(value)))) if value else 0
    while decimals and round(value, decimals - 1) == value:
        decimals -= 1
    return w.number(value, decimals)


def between(w: Words, low: float, high: float) -> str:
    """A range of people or things: one number where both ends read alike.

    The upper end is a 95th percentile: it is never called the most that is possible.

    Parameters
    ----------
    w : language
    low, high : ends of the range, in any order

    Examples
    --------
    >>> w = Words("id")
    >>> between(w, 72_612, 213_400), between(w, 0, 213_400), between(w, 1_201, 1_199)
    ('73 ribu sampai 210 ribu', 'nol sampai 210 ribu', 'kira-kira 1.200')
    """
    first, last = rounded(w, low), rounded(w, high)
    if first == last:
        return w.t("kira-kira {n}", n=last)
    return w.t("{rendah} sampai {tinggi}", rendah=w.t("nol") if first == "0" else first, tinggi=last)


def figures(w: Words, low: float, high: float) -> str:
    """The same range as figures, for the line under a sentence: with as many digits, so that both say the same.

    Parameters
    ----------
    w : language
    low, high : ends of the range
    """
    first, last = (rounded(w, end).replace("-", "−") for end in (low, high))
    return last if first == last else w.t("{rendah} sampai {tinggi}", rendah=first, tinggi=last)


def fractions(w: Words) -> dict[float, str]:
    """Shares that are said in words."""
    return {
        1 / 10: w.t("satu dari sepuluh"),
        1 / 5: w.t("satu dari lima"),
        1 / 4: w.t("satu dari empat"),
        3 / 10: w.t("tiga dari sepuluh"),
        1 / 3: w.t("satu dari tiga"),
        2 / 5: w.t("dua dari lima"),
        1 / 2: w.t("satu dari dua"),
        3 / 5: w.t("tiga dari lima"),
        2 / 3: w.t("dua dari tiga"),
        7 / 10: w.t("tujuh dari sepuluh"),
        3 / 4: w.t("tiga dari empat"),
        4 / 5: w.t("empat dari lima"),
        9 / 10: w.t("sembilan dari sepuluh"),
    }


def share(w: Words, value: float) -> str:
    """A share (0 to 1) of people or things, to stand before what it is a share of.

    Examples
    --------
    >>> [share(Words("id"), n) for n in (0.74, 0.02, 0.98)]
    ['kira-kira tiga dari empat', 'kurang dari satu dari dua puluh', 'hampir semua']
    """
    if value < LITTLE:
        return w.t("kurang dari satu dari dua puluh")
    if value > 1 - LITTLE:
        return w.t("hampir semua")
    known = fractions(w)
    return w.t("kira-kira {n}", n=known[min(known, key=lambda n: abs(n - value))])


def chance(w: Words, value: float) -> str:
    """A probability (0 to 1)."""
    if value < LITTLE:
        return w.t("hampir tidak ada")
    return w.t("hampir pasti") if value > 1 - LITTLE else share(w, value)


def people_of(w: Words, low: float, high: float, everyone: float) -> str:
    """How many of some people: as a share where its range is narrow, else as a range of people.

    Parameters
    ----------
    w : language
    low, high : ends of the range of the people
    everyone : all of whom they are a part
    """
    if high < 0.5:
        return w.t("tidak seorang pun")
    if everyone > 0 and high - low <= NARROW * everyone:
        return share(w, (low + high) / 2 / everyone)
    return between(w, low, high)


def change(w: Words, relative: float) -> str:
    """A relative change: 0.48 is a rise by about a half.

    Examples
    --------
    >>> [change(Words("id"), n) for n in (0.48, -0.21, 0.01, 1.1)]
    ['naik kira-kira separuh', 'turun kira-kira seperlima', 'hampir tetap', 'menjadi 2,1 kali lipat']
    """
    size = abs(relative)
    if size < LITTLE / 2:
        return w.t("hampir tetap")
    if relative > 0.9:
        return w.t("menjadi {n} kali lipat", n=rounded(w, 1 + relative))
    parts = {
        0.05: w.t("sedikit"),
        0.1: w.t("kira-kira sepersepuluh"),
        0.2: w.t("kira-kira seperlima"),
        0.25: w.t("kira-kira seperempat"),
        0.333: w.t("kira-kira sepertiga"),
        0.4: w.t("kira-kira dua perlima"),
        0.5: w.t("kira-kira separuh"),
        0.6: w.t("kira-kira tiga perlima"),
        0.667: w.t("kira-kira dua pertiga"),
        0.75: w.t("kira-kira tiga perempat"),
        0.95: w.t("hampir seluruhnya"),
    }
    amount = parts[min(parts, key=lambda n: abs(n - size))]
    return w.t("naik {berapa}", berapa=amount) if relative > 0 else w.t("turun {berapa}", berapa=amount)


def distance(w: Words, km: float) -> str:
    """A distance: metres below one kilometre."""
    if km < 0.995:
        return w.t("{n} meter", n=rounded(w, 1000 * km))
    return w.t("{n} km", n=rounded(w, km))


def title(w: Words, indicator: Indicator) -> str:
    """Name of an indicator within a sentence."""
    return within(w.pick(indicator.title)).replace("/", w.t(" atau "))


def measured(w: Words, indicator: Indicator) -> str:
    """Name of an indicator before its values, with what they are counted by."""
    unit, name = w.pick(indicator.unit).partition("/"), title(w, indicator)
    if unit[0].startswith("per "):
        return f"{name} {unit[0]}"
    if not unit[1] or _UNSAID.search(indicator.unit.id):
        return name
    size, _, what = unit[2].partition(" ")
    size = {"km²": w.t("kilometer persegi"), "10.000": w.t("sepuluh ribu"), "10,000": w.t("sepuluh ribu")}.get(
        size, size
    )
    return w.t("{nama} per {ukuran}", nama=name, ukuran=size if not what or what in name else f"{size} {what}")


def within(text: str) -> str:
    """A title as it stands within a sentence: in small letters, except names of their own, and without brackets.

    Examples
    --------
    >>> within("Jarak ke SD"), within("SD di dalam kelurahan"), within("Indeks Desa Membangun (IDM)")
    ('jarak ke SD', 'SD di dalam kelurahan', 'Indeks Desa Membangun')
    """
    text = _BRACKETS.sub("", text)
    first, _, rest = text.partition(" ")
    second = rest.partition(" ")[0]
    named = not first[1:].islower() or (second[:1].isupper() and second[1:].islower())
    return text if named else first.lower() + text[len(first) :]


def quantity(w: Words, indicator: Indicator, value: float) -> str:
    """A value with its unit in words, without what `measured` says; a unit that nobody says is left to the note.

    Parameters
    ----------
    w : language
    indicator : whose unit it has
    value : in that unit
    """
    if indicator.unit.id == "km":
        return distance(w, value)
    number = rounded(w, value)
    if _UNSAID.search(indicator.unit.id) or indicator.unit.id.startswith("per "):
        return number
    unit = w.pick(indicator.unit).partition("/")[0]
    per_cent = w.t("persen")
    return f"{number} {unit.replace('%', per_cent)}"
