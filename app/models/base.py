"""What every row shares: the declarative base, the constraint names, and how an exact moment is kept."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An exact time, UTC and aware, on both databases. Only for what staff and the portal itself do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be read as another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an exact time must carry its zone"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite keeps no zone, so what comes back without one is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Ids are random bytes; a time that a victim caused is a date, one that staff caused is a `Moment`."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        bytes: LargeBinary,
        datetime: Moment,
        date: Date,
        int: Integer,
        str: String,
    }


def not_under(table: str, *columns: str, where: str) -> Index:
    """An index of the rows that came before there were shred keys: what is written since costs it nothing."""
    where = f"{where} AND shred_id IS NULL"
    return Index(f"ix_{table}_not_under", *columns, sqlite_where=text(where), postgresql_where=text(where))


# SQLite numbers rows by itself only in a column of its own INTEGER type.
LogNumber = BigInteger().with_variant(Integer, "sqlite")
Small = SmallInteger
# Of tables that a victim's act fills: SQLite then numbers no rows, and what it keeps lies in the order of random keys.
UNNUMBERED: Final = {"sqlite_with_rowid": False}
