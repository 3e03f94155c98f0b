"""Insert a row unless it is there already, in one statement, on both databases."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.models import Base


def insert_if_absent(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """True if the row went in; False if a row with its key or another unique value is there, also one that raced us.

    `values` names every column.
    """
    connection = session.connection()
    return connection.execute(_statement(model, connection.dialect.name), dict(values)).rowcount == 1


@cache
def _statement(model: type[Base], dialect: str) -> Any:  # noqa: ANN401 - an insert of either dialect
    """Build the statement once: on the submission path, building it costs more than running it."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = cast("Table", model.__table__)
    # One row at a time, so both drivers count alike; returning the key to learn the same costs more.
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
