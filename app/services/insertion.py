"""Insert a row unless it is there already, in one statement, on both databases."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.models import Base


def insert_if_absent(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """True if the row went in; False if a row with its key or another unique value is there, also one that raced us."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    table = cast("Table", model.__table__)
    # What was returned was inserted: the drivers do not agree on counting rows.
    added = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return session.execute(added).first() is not None
