"""Rows as bytes: GeoJSON, plain JSON, CSV and GeoParquet."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from typing import Any, Final

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from web.api.contract import Collection

SHAPES: Final = 100
LINES: Final = 2000
"""Shapes, and lines of CSV, that are written in one go: no other thread runs meanwhile."""
_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def records(rows: GeoDataFrame, collection: Collection) -> Iterator[dict[str, Any]]:
    """The properties of each row; what is not known is None."""
    names = [column.name for column in collection.columns]
    columns = [rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in names]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _features(rows: GeoDataFrame, collection: Collection) -> Iterator[str]:
    shapes = rows.geometry.to_numpy()
    written = (shapely.to_geojson(shapes[start : start + SHAPES]) for start in range(0, len(shapes), SHAPES))
    texts = chain.from_iterable(written)
    for key, shape, properties in zip(rows.index, texts, records(rows, collection), strict=True):
        yield (
            f'{{"type":"Feature","id":{_encoded(key)},"geometry":{shape or "null"},'
            f'"properties":{_encoded(properties)}}}'
        )


def geojson(rows: GeoDataFrame, collection: Collection, said: dict[str, Any]) -> bytes:
    """A FeatureCollection.

    Parameters
    ----------
    rows
        Of this page.
    collection
        With their columns.
    said
        What stands beside the features: links and counts.
    """
    head = _encoded({"type": "FeatureCollection", **said})[:-1]
    return f'{head},"features":[{",".join(_features(rows, collection))}]}}'.encode()


def feature(rows: GeoDataFrame, collection: Collection, said: dict[str, Any]) -> bytes:
    """The one row as a Feature with what is said beside it.

    Parameters
    ----------
    rows
        The one row.
    collection
        With its columns.
    said
        What stands beside the row: links.
    """
    (text,) = _features(rows, collection)
    return f"{text[:-1]},{_encoded(said)[1:]}".encode()


def plain(rows: GeoDataFrame, collection: Collection, said: dict[str, Any]) -> bytes:
    """An object with the rows as ``records``, without geometry.

    Parameters
    ----------
    rows
        Of this page.
    collection
        With their columns.
    said
        What stands beside the rows: links and counts.
    """
    head = _encoded(said)[:-1]
    return f'{head},"records":[{",".join(map(_encoded, records(rows, collection)))}]}}'.encode()


def csv(rows: GeoDataFrame, text: Callable[[pd.DataFrame], str]) -> bytes:
    """The properties as the CSV of the product; in parts, the first with the heading."""
    frame = pd.DataFrame(rows.drop(columns="geometry"))
    starts = range(LINES, len(frame), LINES)
    more = (text(frame.iloc[start : start + LINES]).partition("\n")[2] for start in starts)
    return "".join([text(frame.iloc[:LINES]), *more]).encode()


def parquet(rows: GeoDataFrame, collection: Collection) -> bytes:
    """GeoParquet; plain Parquet where rows have no place."""
    content = BytesIO()
    if collection.spatial:
        rows.to_parquet(content, index=False, compression="zstd")
    else:
        pd.DataFrame(rows.drop(columns="geometry")).to_parquet(content, index=False, compression="zstd")
    return content.getvalue()


def document(content: Any) -> bytes:
    """A JSON document."""
    return _encoded(content).encode()
