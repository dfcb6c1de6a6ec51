"""Who stands out when a border opens."""

from analysis.access.result import OpenBorder, crossers, gainers, losers
from data.tables import Dataset


def test_kota_serang_has_kelurahan_whose_puskesmas_lies_across_the_line(data: Dataset, serang: OpenBorder) -> None:
    found = crossers(serang, "36.73")
    names = set(data.kelurahan.loc[found.index, "nama"])
    assert {"Cibendung", "Kemanisan", "Kiara", "Taman Baru", "Pangampelan", "Pipitan"} <= names
    plain = data.plain[(data.plain["facility"] == "puskesmas") & data.plain["kode"].isin(found.index)]
    nearer = plain[plain["any_m"] < plain["own_m"]]
    assert len(nearer) >= len(found) - 2, "the plain column from one point of each kelurahan agrees for most"
    saved = found.loc["36.73.06.1013"]
    assert saved["saved_low"] <= saved["saved"] <= saved["saved_high"]


def test_losers_are_listed_like_gainers(serang: OpenBorder) -> None:
    lost, won = losers(serang), gainers(serang)
    assert len(won) == 10
    assert (won["saved_low"].diff().dropna() <= 0).all()
    assert (lost["supply_open"] < lost["supply_closed"]).all()
    assert lost.groupby("kode_kabkota").size().to_dict() == {"36.04": 5, "36.73": 5}
    classes, _ = serang.supply_classes
    assert {0, 1, 3, 4} <= set(classes.index)
    assert all(side.lose is not None and side.lose > 0 for side in serang.side)
