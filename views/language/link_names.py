"""Names of the parameters in the URL."""

from __future__ import annotations

# Names of the parameters in the URL; each is also the key of its widget.
CORRIDOR = "koridor"

LANGUAGE = "bahasa"

INDICATOR = "indikator"

MODE = "tampilan"

STANDARD = "standar"

LAYOUT = "susunan"

BORDER_SET = "himpunan"

SELECTED = "wilayah"

FACILITIES = "fasilitas"

WEIGHTS = "bobot"

THRESHOLDS = "ambang"

AGGREGATION = "gabungan"

NORMALISATION = "skala"

SIDE = "sisi"

SECTOR = "sektor"

ORDER = "urutan"

SERIES = "deret"

YEAR_FROM = "dari"

YEAR_TO = "sampai"

SECTORS = "bidang"

PLACES = "kelurahan"

FILES = "berkas"

SLIDES = "slaid"

ADDRESS = "alamat"

SCENARIO = "skenario"

SERVICE = "layanan"

PARTNERS = "mitra"

ASSUMPTIONS = "andaian"

# Kinds of facility that a scenario may change.
CHANGEABLE = ("sd", "smp", "sma", "smk", "puskesmas", "rumah_sakit", "kantor_kelurahan", "pos_damkar")

# What a link holds beyond this is not repeated to the reader.
LONGEST_ECHO = 60
