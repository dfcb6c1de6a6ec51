"""What the standard wants said of the feed: landing page, collections, and the OpenAPI document."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from geopandas import GeoDataFrame

from web.api.asking import DATETIME, MEDIA, MOST_ROWS, USUAL_ROWS
from web.api.contract import CLASSES, Collection

OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
PROBLEM: Final = "application/problem+json"
CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
TITLE: Final = "Tapal"
ABOUT: Final = (
    "Angka layanan publik per kelurahan di perbatasan kabupaten/kota, hanya untuk dibaca. Setiap angka "
    "membawa sumber, tahun, tingkat, cara dan mutunya; "
    "yang tidak diketahui dikosongkan. Atribusi pada kolom source ikut dicantumkan bila data dipakai; "
    "lisensi tiap sumber ada pada koleksi sumber. / "
    "Figures on public services by kelurahan along borders of Indonesian local governments, read-only, each "
    "with source, year, level, method and quality."
)  # fmt: skip
_STRING: Final = {"type": "string"}


def link(href: str, rel: str, media: str = "application/json", title: str = "") -> dict[str, str]:
    """A link as the standard writes it.

    Parameters
    ----------
    href
        Where it leads.
    rel
        What is there, as the standard calls it.
    media
        Media type of what is there.
    title
        Words for people, "" for none.
    """
    return {"href": href, "rel": rel, "type": media} | ({"title": title} if title else {})


def landing(root: str) -> dict[str, Any]:
    """The landing page.

    Parameters
    ----------
    root
        Address of the feed, without a slash at its end.
    """
    links = [
        link(f"{root}/", "self", title="Halaman ini"),
        link(f"{root}/openapi.json", "service-desc", OPENAPI, "Uraian OpenAPI"),
        link(f"{root}/docs", "service-doc", "text/html", "Petunjuk"),
        link(f"{root}/conformance", "conformance", title="Kelas kesesuaian"),
        link(f"{root}/collections", "data", title="Koleksi"),
        link(f"{root}/collections/sumber/items", "license", "application/geo+json", "Lisensi tiap sumber"),
    ]
    return {"title": TITLE, "description": ABOUT, "links": links}


def conformance() -> dict[str, Any]:
    """The conformance classes."""
    return {"conformsTo": list(CLASSES)}


def collections(root: str, described: list[dict[str, Any]]) -> dict[str, Any]:
    """All collections."""
    return {"links": [link(f"{root}/collections", "self")], "collections": described}


def collection(root: str, entry: Collection, read: Callable[[], GeoDataFrame]) -> dict[str, Any]:
    """One collection with its extent and the ways to read it.

    Parameters
    ----------
    root
        Address of the feed.
    entry, read
        The collection, and what gives its rows as they are now.
    """
    here = f"{root}/collections/{entry.id}"
    extent = {"spatial": {"bbox": [list(entry.bounds)], "crs": CRS84}} if entry.bounds else _extent(entry, read())
    links = [
        link(here, "self"),
        link(f"{here}/items", "items", MEDIA["geojson"], entry.title.id),
        *(
            link(f"{here}/items?f={f}", "items", MEDIA[f], f"{entry.title.id} ({f})")
            for f in ("records", "csv", "parquet")
        ),
        link(f"{root}/collections/sumber/items", "license", MEDIA["geojson"], "Lisensi tiap sumber"),
    ]
    return {
        "id": entry.id,
        "title": entry.title.id,
        "title_en": entry.title.en,
        "description": f"{entry.text.id} / {entry.text.en}",
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": links,
    }


def _extent(entry: Collection, rows: GeoDataFrame) -> dict[str, Any]:
    """Box and years of the rows."""
    extent: dict[str, Any] = {}
    if entry.spatial and rows.geometry.notna().any():
        extent["spatial"] = {"bbox": [[round(float(edge), 6) for edge in rows.total_bounds]], "crs": CRS84}
    if entry.time and rows[entry.time].notna().any():
        years = rows[entry.time].dropna().astype(int)
        extent["temporal"] = {"interval": [[f"{years.min():04}-01-01T00:00:00Z", f"{years.max():04}-12-31T23:59:59Z"]]}
    return extent


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


_LINKS: Final = {
    "type": "array",
    "items": _object(["href", "rel"], href=_STRING, rel=_STRING, type=_STRING, title=_STRING),
}
_COUNTS: Final = {
    "numberMatched": {"type": "integer", "minimum": 0},
    "numberReturned": {"type": "integer", "minimum": 0, "maximum": MOST_ROWS},
}  # fmt: skip
_COLLECTION: Final = _object(["id", "links"], id=_STRING, links=_LINKS)
_SCHEMAS: Final = {
    "landing": _object(["title", "links"], title=_STRING, links=_LINKS),
    "conformance": _object(["conformsTo"], conformsTo={"type": "array", "items": _STRING}),
    "collections": _object(["links", "collections"], links=_LINKS, collections={"type": "array", "items": _COLLECTION}),
    "collection": _COLLECTION,
}
_REFUSED: Final = {
    "description": "Mengapa tidak dapat dijawab",
    "content": {
        PROBLEM: {
            "schema": _object(
                ["type", "title", "status", "detail"],
                type=_STRING,
                title=_STRING,
                status={"type": "integer"},
                detail=_STRING,
                detail_en=_STRING,
            )
        }
    },
}


def _responses(content: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "Jawaban", "content": content}, "default": _REFUSED}


def of_document(name: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a document, for the description."""
    return _responses({"application/json": {"schema": _SCHEMAS[name]}})


def _row(entry: Collection) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [c.name for c in entry.columns],
        "properties": {
            c.name: {"type": c.kind, "nullable": True, **({"description": c.text.id} if c.text else {})}
            for c in entry.columns
        },
    }


def _feature(entry: Collection, **more: Any) -> dict[str, Any]:
    return _object(
        ["type", "id", "geometry", "properties", *more],
        type={"type": "string", "enum": ["Feature"]},
        id=_STRING,
        geometry={"type": "object", "nullable": True},
        properties=_row(entry),
        **more,
    )


def of_row(entry: Collection) -> dict[int | str, dict[str, Any]]:
    """The answers of a single row."""
    return _responses({MEDIA["geojson"]: {"schema": _feature(entry, links=_LINKS)}})


def of_rows(entry: Collection) -> dict[int | str, dict[str, Any]]:
    """The answers of the rows of a collection."""
    whole = _object(
        ["type", "features", "links", "numberMatched", "numberReturned"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": _feature(entry)},
        links=_LINKS,
        **_COUNTS,
    )
    plain = _object(
        ["records", "links", "numberMatched", "numberReturned"],
        records={"type": "array", "items": _row(entry)},
        links=_LINKS,
        **_COUNTS,
    )
    return _responses(
        {
            MEDIA["geojson"]: {"schema": whole},
            MEDIA["records"]: {"schema": plain},
            "text/csv": {"schema": _STRING},
            MEDIA["parquet"]: {"schema": {"type": "string", "format": "binary"}},
        }
    )


def in_3_0(described: Any) -> Any:
    """A description in the words of OpenAPI 3.0, which knows neither null nor const."""
    if isinstance(described, list):
        return [in_3_0(part) for part in described]
    if not isinstance(described, Mapping):
        return described
    kinds = [kind for kind in described.get("anyOf", []) if kind != {"type": "null"}]
    if described.get("in") == "query" and described.get("name") in _OF_THE_STANDARD:
        described = {**described, **_OF_THE_STANDARD[str(described["name"])]}
    elif len(kinds) == 1 and len(described["anyOf"]) == 2:
        described = {**{k: v for k, v in described.items() if k not in ("anyOf", "default")}, **kinds[0]}
    if "const" in described:
        described = {**{k: v for k, v in described.items() if k != "const"}, "enum": [described["const"]]}
    return {name: in_3_0(part) for name, part in described.items()}


_OF_THE_STANDARD: Final[Mapping[str, dict[str, Any]]] = {
    "bbox": {
        "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
        "style": "form",
        "explode": False,
    },
    "datetime": {"schema": {"type": "string", "pattern": DATETIME}, "style": "form", "explode": False},
    "limit": {
        # A greater number is taken for the greatest, as the standard wants it.
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS},
        "style": "form",
        "explode": False,
    },
}
"""Parameters that the standard spells out."""
