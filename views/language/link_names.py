"""Names of the parameters in a link; each is also the key of its widget."""

CORRIDOR = "koridor"
LANGUAGE = "bahasa"
INDICATOR = "indikator"
MODE = "tampilan"
STANDARD = "standar"
LAYOUT = "susunan"
FACILITIES = "fasilitas"
BORDER_SET = "himpunan"
SELECTED = "wilayah"
VIEW = "lihat"
WEIGHTS = "bobot"
THRESHOLDS = "ambang"
AGGREGATION = "gabungan"
NORMALISATION = "skala"
SIDE = "sisi"
SECTOR = "sektor"
ORDER = "urutan"
SERIES = "deret"
PERIOD = "tahun"
YEAR_FROM = "dari"
YEAR_TO = "sampai"
SERVICE = "layanan"
PARTNERS = "mitra"
SCENARIO = "skenario"
ASSUMED = "asumsi"
SPEEDS = "laju"
PLANNED = "pos_rencana"
OTHERS = "tetangga"
FIRE_MAP = "peta"
FIRE_PLAN = "batas"
SECTION = "bagian"
CALLS = "serentak"
PER_POST = "unit"
INCIDENTS = "kejadian"
LOG_PLAN = "pembanding"
SEED = "benih"
DRILL = "latihan"
KIND = "jenis"
COUNTS = "baru"
DRAWN = "calon"
GOAL = "sasaran"
SITING_MAP = "rencana"
RUN = "hitung"
COST = "biaya"
BASIS = "dasar"
USE = "pakai"
SERVED = "dilayani"
ALONE = "sendiri"
TOGETHER = "berdua"
SECTORS = "bidang"
PLACES = "kelurahan"
FILES = "berkas"
SLIDES = "slaid"
ADDRESS = "alamat"
SCOPE = "lingkup"
AGREEMENT = "perjanjian"
STATE = "keadaan"
REPORT = "laporan"
METHOD = "metode"
AS_OF = "per"
PAIR = "pasangan"
STAGE = "jenjang"

ASSUMPTIONS = {
    "panggilan": "damkar_panggilan",
    "berangkat": "damkar_berangkat",
    "tunda": "damkar_tunda",
    "target": "damkar_target",
    "memutar": "faktor_memutar",
    "laju": "damkar_laju",
    "jarang": "damkar_laju_jarang",
    "sedang": "damkar_laju_sedang",
    "padat": "damkar_laju_padat",
    "batas_sedang": "damkar_jalan_sedang",
    "batas_padat": "damkar_jalan_padat",
    "jalan_kaki": "laju_jalan_kaki",
    "motor": "laju_motor",
}
"""Entry of the catalogue's assumptions by key in the link."""
