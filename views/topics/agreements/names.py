"""What the keys of an agreement are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.agreements.model import (
    OUTSIDE,
    Category,
    Document,
    Dprd,
    End,
    Origin,
    ProjectStatus,
    Recommendation,
    Role,
    Sector,
    Stage,
)
from analysis.agreements.standing import Standing

if TYPE_CHECKING:
    from data.tables import Dataset
    from views.language.words import Words


def region(data: Dataset, kode: str) -> str:
    """Name of a party, its code where it has none.

    Parameters
    ----------
    data : the tables
    kode : of a kabkota, a province, or a party outside the data
    """
    return data.kabkota_names.get(kode) or OUTSIDE.get(kode, kode)


def document_names(w: Words) -> Mapping[Document, str]:
    """Kinds of paper."""
    return {
        Document.KB: w.t("Kesepakatan Bersama"),
        Document.PKS: w.t("Perjanjian Kerja Sama (PKS)"),
        Document.ADDENDUM: w.t("Adendum"),
        Document.MOU: w.t("Nota kesepahaman"),
        Document.BAST: w.t("Berita acara serah terima"),
        Document.UNSTATED: w.t("bentuk tidak disebut"),
        Document.OTHER: w.t("bukan perjanjian"),
    }


def standing_names(w: Words) -> Mapping[Standing, str]:
    """How an agreement stands."""
    return {
        Standing.IN_FORCE: w.t("berlaku"),
        Standing.SIGNED_AHEAD: w.t("ditandatangani, belum mulai"),
        Standing.TERM_UNKNOWN: w.t("ditandatangani, masa berlaku tidak diketahui"),
        Standing.PREPARATION: w.t("sedang disiapkan"),
        Standing.UNSEEN: w.t("disebut, tanda tangannya belum terbaca"),
        Standing.OVER: w.t("berakhir"),
        Standing.SUPERSEDED: w.t("diubah dengan adendum"),
        Standing.NO_AGREEMENT: w.t("bukan perjanjian"),
    }


def sector_names(w: Words) -> Mapping[Sector, str]:
    """What an agreement is about."""
    return {
        Sector.EDUCATION: w.t("Pendidikan"),
        Sector.HEALTH: w.t("Kesehatan"),
        Sector.SOCIAL: w.t("Sosial"),
        Sector.WASTE: w.t("Persampahan"),
        Sector.ENVIRONMENT: w.t("Lingkungan"),
        Sector.ORDER: w.t("Ketertiban (Satpol PP)"),
        Sector.DISASTER: w.t("Kebencanaan"),
        Sector.FIRE: w.t("Pemadam kebakaran"),
        Sector.CIVIL_REGISTRY: w.t("Kependudukan dan catatan sipil"),
        Sector.PERMITS: w.t("Perizinan"),
        Sector.ROADS: w.t("Jalan dan perhubungan"),
        Sector.WATER: w.t("Air dan banjir"),
        Sector.PUBLIC_SERVICE: w.t("Pelayanan publik"),
        Sector.DEVELOPMENT: w.t("Pembangunan wilayah"),
    }


def stage_names(w: Words) -> Mapping[Stage, str]:
    """The ten stages of PP 28/2018."""
    return {
        Stage.PREPARATION: w.t("persiapan"),
        Stage.OFFER: w.t("penawaran"),
        Stage.KB_DRAFT: w.t("penyusunan Kesepakatan Bersama"),
        Stage.KB_SIGNING: w.t("penandatanganan Kesepakatan Bersama"),
        Stage.DPRD: w.t("persetujuan DPRD"),
        Stage.PKS_DRAFT: w.t("penyusunan PKS"),
        Stage.PKS_SIGNING: w.t("penandatanganan PKS"),
        Stage.IMPLEMENTATION: w.t("pelaksanaan"),
        Stage.ADMINISTRATION: w.t("penatausahaan"),
        Stage.REPORTING: w.t("pelaporan"),
    }


def end_names(w: Words) -> Mapping[End, str]:
    """The five ends of PP 28/2018 art. 9."""
    return {
        End.TERM_OVER: w.t("jangka waktunya berakhir"),
        End.GOAL_REACHED: w.t("tujuannya tercapai"),
        End.BY_AGREEMENT: w.t("para pihak sepakat mengakhiri"),
        End.LAW_CHANGED: w.t("peraturannya berubah"),
        End.OBJECT_LOST: w.t("objeknya hilang"),
    }


def dprd_names(w: Words) -> Mapping[Dprd, str]:
    """Whether the DPRD has to approve."""
    return {
        Dprd.NEEDED: w.t("wajib"),
        Dprd.NOT_NEEDED: w.t("tidak wajib"),
        Dprd.UNJUDGED: w.t("belum dinilai"),
    }


def category_names(w: Words) -> Mapping[Category, str]:
    """Mandatory or voluntary."""
    return {
        Category.MANDATORY: w.t("wajib"),
        Category.VOLUNTARY: w.t("sukarela"),
        Category.UNJUDGED: w.t("belum dinilai"),
    }


def recommendation_names(w: Words) -> Mapping[Recommendation, str]:
    """What an evaluation advises."""
    return {
        Recommendation.CONTINUE: w.t("lanjutkan"),
        Recommendation.IMPROVE: w.t("perbaiki"),
        Recommendation.STOP: w.t("hentikan"),
    }


def role_names(w: Words) -> Mapping[Role, str]:
    """Who takes part."""
    return {
        Role.MINISTRY: w.t("Kementerian/lembaga"),
        Role.PROVINCE: w.t("Provinsi"),
        Role.KABKOTA: w.t("Kabupaten/kota"),
        Role.OFFICE: w.t("Perangkat daerah"),
        Role.COMMUNITY: w.t("Masyarakat"),
        Role.BUSINESS: w.t("Dunia usaha"),
    }


def status_names(w: Words) -> Mapping[ProjectStatus, str]:
    """How far a project is."""
    return {
        ProjectStatus.TALKS: w.t("dibicarakan"),
        ProjectStatus.PROPOSED: w.t("diusulkan"),
        ProjectStatus.REFUSED: w.t("tidak diberikan"),
        ProjectStatus.DRAFTING: w.t("perjanjiannya disusun"),
        ProjectStatus.APPROVED: w.t("disetujui"),
        ProjectStatus.BUDGETED: w.t("dianggarkan"),
        ProjectStatus.UNDER_WAY: w.t("berjalan"),
        ProjectStatus.DONE: w.t("selesai"),
    }


def origin_names(w: Words) -> Mapping[Origin, str]:
    """Where a record comes from."""
    return {Origin.PUBLISHED: w.t("terbitan"), Origin.OFFICE: w.t("isian kantor")}
