"""The columns as stored → the columns of today: older stores are read and can be migrated, newer ones are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zjcompare.errors import StoreError
from zjcompare.table import SCHEMA, SCHEMA_VERSION

if TYPE_CHECKING:
    from deltalake import DeltaTable

PROPERTY = "zjcompare.schema_version"
"""The table property that says by which schema a store is written."""


def stored_version(table: DeltaTable, uri: str) -> int:
    """Give the schema version of an opened table.

    Raises `StoreError` where it is newer than this package knows, or where the table says none.
    """
    stated = table.metadata().configuration.get(PROPERTY, "")
    if not stated.isdigit():
        raise StoreError(f"{uri} is a Delta table, but no store of zjcompare; give another folder")
    if int(stated) > SCHEMA_VERSION:
        raise StoreError(
            f"{uri} is written by a newer zjcompare (schema {stated}, this one knows {SCHEMA_VERSION}); update with "
            f"pip install -U zjcompare"
        )
    return int(stated)


def missing_columns(table: DeltaTable) -> list[pa.Field]:
    """Give the columns of today that an opened table of an older schema does not have.

    A column that a later schema adds is nullable: what older rows say of it is nothing.
    """
    present = {field.name for field in table.schema().fields}
    return [field for field in SCHEMA if field.name not in present]


def as_schema(fields: list[pa.Field]) -> pa.Schema:
    """Give columns as a schema."""
    return pa.schema(fields)


def select_columns(table: DeltaTable) -> str:
    """Give the SQL that selects the columns of today, with nothing where an older table has none."""
    missing = {field.name for field in missing_columns(table)}
    return ", ".join(f'NULL AS "{name}"' if name in missing else f'"{name}"' for name in SCHEMA.names)


def check_current(table: DeltaTable, uri: str) -> None:
    """Raise `StoreError` where a store has to be migrated before it is written to."""
    if stored_version(table, uri) < SCHEMA_VERSION:
        raise StoreError(
            f"{uri} is written by an older zjcompare; it can be read, but before adding call store.migrate(), "
            f"after which an older zjcompare cannot read it"
        )
