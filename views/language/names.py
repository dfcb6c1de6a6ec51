"""Names of kinds, qualities, methods, sectors and statuses, each once."""

from __future__ import annotations

from views.language.aloud import within
from views.language.words import Words


def kind_names(w: Words) -> dict[str, str]:
    """Labels of the kinds of facility."""
    return {
        "sd": w.t("SD"),
        "smp": w.t("SMP"),
        "sma": w.t("SMA"),
        "smk": w.t("SMK"),
        "slb": w.t("SLB"),
        "puskesmas": w.t("Puskesmas"),
        "rumah_sakit": w.t("Rumah sakit"),
        "klinik": w.t("Klinik"),
        "kantor_kelurahan": w.t("Kantor kelurahan"),
        "kantor_kecamatan": w.t("Kantor kecamatan"),
        "pasar": w.t("Pasar"),
        "transit": w.t("Halte, stasiun, terminal"),
        "pos_damkar": w.t("Pos damkar"),
        "tempat_sampah": w.t("Tempat sampah (TPS)"),
    }


class Noun(str):
    """A noun within a sentence; where an English sentence means several, its field is ``{layanan.many}``."""

    many: str

    def __new__(cls, one: str, many: str = "") -> Noun:
        """Parameters: one : of them; many : several, the same where nothing is given."""
        noun = super().__new__(cls, one)
        noun.many = many or one
        return noun

    def capitalize(self) -> Noun:
        """The noun as a sentence begins with it."""
        return Noun(super().capitalize(), self.many.capitalize())


def service_nouns(w: Words) -> dict[str, Noun]:
    """Services within a sentence, by the facility of an indicator of distance."""
    names = {
        "puskesmas": w.t("puskesmas"),
        "rumah_sakit": w.t("rumah sakit"),
        "sd": w.t("SD"),
        "smp": w.t("SMP"),
        "smp_negeri": w.t("SMP negeri"),
        "sma_smk": w.t("SMA atau SMK"),
        "sma_smk_negeri": w.t("SMA atau SMK negeri"),
        "kantor_kelurahan": w.t("kantor kelurahan"),
        "transit": w.t("angkutan umum"),
        "pos_damkar": w.t("pos damkar"),
    }
    # Puskesmas and schools keep their Indonesian names, which have one form for one and for several.
    several = {"rumah_sakit", "kantor_kelurahan", "pos_damkar"} if w.language == "en" else ()
    return {s: Noun(within(name), within(name) + "s" if s in several else "") for s, name in names.items()}


def boundaries_from(w: Words, by_offices: bool = False) -> str:
    """Where the boundaries of a map come from; by_offices : whether an office has drawn some of them."""
    if by_offices:
        return w.t("Batas: BIG dan kantor, disederhanakan; bukan acuan resmi batas wilayah")
    return w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah")


def map_words(w: Words, by_offices: bool = False) -> dict[str, str]:
    """Texts of the map itself; by_offices : as of `boundaries_from`."""
    return {
        "label": w.t("Peta wilayah di kedua sisi batas; tabel data lengkap ada di bawah peta"),
        "no_data": w.no_data,
        "zoom_in": w.t("Perbesar"),
        "zoom_out": w.t("Perkecil"),
        "home": w.t("Tampilkan seluruh koridor"),
        "hint_wheel": w.t("Klik peta atau tahan Ctrl untuk memperbesar dengan roda tetikus"),
        "hint_touch": w.t("Geser peta dengan dua jari"),
        "loading": w.t("Memuat peta…"),
        "failed": w.t("Batas wilayah gagal dimuat"),
        "retry": w.t("Coba lagi"),
        "attribution": boundaries_from(w, by_offices),
        "placing": w.t("Klik tempatnya di peta, atau geser peta dengan tombol panah lalu tekan Enter"),
        "outside": w.t("Terlalu jauh dari kedua wilayah; pilih tempat yang lebih dekat"),
        "full": w.t("Layar penuh"),
        "leave": w.t("Keluar dari layar penuh"),
        "legend": w.t("Legenda"),
    }


def sector_names(w: Words) -> dict[str, str]:
    """Labels of the sectors."""
    return {
        "kependudukan": w.t("Kependudukan"),
        "pendidikan": w.t("Pendidikan"),
        "kesehatan": w.t("Kesehatan"),
        "pemerintahan": w.t("Pemerintahan"),
        "transportasi": w.t("Transportasi"),
        "jalan": w.t("Jalan"),
        "lingkungan": w.t("Lingkungan"),
        "ekonomi": w.t("Ekonomi"),
    }


def status_names(w: Words) -> dict[str, str]:
    """How well a value is known."""
    return {"diketahui": w.t("diketahui"), "": w.no_data}


def yes_names(w: Words) -> dict[bool, str]:
    """Words for what is so and what is not."""
    return {True: w.t("ya"), False: w.t("tidak")}


def quality_names(w: Words) -> dict[str, str]:
    """How far a value or a source can be relied on."""
    return {"tinggi": w.t("tinggi"), "sedang": w.t("sedang"), "rendah": w.t("rendah")}


def method_names(w: Words) -> dict[str, str]:
    """How a value came to be, by `method` of its row; every distance is measured along a straight line."""
    return {
        "langsung": w.t("angka langsung"),
        "agregasi": w.t("agregasi"),
        "disagregasi": w.t("perkiraan"),
        "model": w.t("perhitungan garis lurus"),
    }
