"""The schemas of the raw tables, read from schemas.yaml."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import TypeAdapter

from data.build.rules import made
from data.build.schema import Schema

FILE = Path(__file__).with_name("schemas.yaml")


def load(file: Path = FILE) -> dict[str, Schema]:
    """Read the schemas by path, in the order in which they are checked.

    Raises
    ------
    pydantic.ValidationError
        Names the entry that is not known or not of its kind.
    """
    tables = yaml.safe_load(file.read_text(encoding="utf-8"))["tables"]
    read = {path: table | {"rules": [made(rule) for rule in table.get("rules", ())]} for path, table in tables.items()}
    return TypeAdapter(dict[str, Schema]).validate_python(read)


SCHEMAS = load()
