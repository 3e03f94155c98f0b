"""Insert rows with statements that are compiled once: on the way of a report, SQLAlchemy costs more than the database.

What is compiled, and how each column's type writes a value for a driver, is asked of SQLAlchemy the first time; after
that a statement goes to the driver as it is. Errors, events and the transaction stay SQLAlchemy's.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Connection, Dialect, Insert, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.models import Base

# Counted when the statement ran: what a driver says of a cursor that is closed is its own affair.
_COUNTED: Final = {"preserve_rowcount": True}


class _Compiled:
    """A statement in the words of one database, and what each of its parameters goes through on the way there."""

    def __init__(self, statement: Insert, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.words = str(compiled)
        self.positional = dialect.positional
        self.fixed = {name: value for name, value in compiled.params.items() if value is not None}
        names = cast("Sequence[str]", compiled.positiontup) if self.positional else list(compiled.params)
        self.places = [(name, _writing(compiled.binds[name].type, dialect)) for name in names]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        given = self.fixed | dict(values)
        if self.positional:
            return tuple([written(given[name]) if written else given[name] for name, written in self.places])
        return {name: written(given[name]) if written else given[name] for name, written in self.places}


def _writing(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Bytes go as they are: both drivers take them, and what SQLAlchemy wraps them in is unwrapped at once."""
    return None if isinstance(kind, LargeBinary) else kind.dialect_impl(dialect).bind_processor(dialect)


class Insertion:
    """An insert that is compiled at its first use, for each kind of database. Each row names every parameter."""

    def __init__(self, statement: Insert) -> None:
        self.statement = statement
        self.compiled: dict[str, _Compiled] = {}

    def count(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run it for these rows and give how many went in. Commits nothing."""
        dialect = connection.dialect
        found = self.compiled.get(dialect.name)
        if found is None:
            found = self.compiled[dialect.name] = _Compiled(self.statement, dialect)
        parameters = [found.parameters(row) for row in rows]
        return connection.exec_driver_sql(found.words, cast("Any", parameters), _COUNTED).rowcount


def insert_if_absent(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """True if the row went in; False if a row with its key or another unique value is there, also one that raced us.

    `values` names every column. In one statement, on both databases.
    """
    connection = session.connection()
    return _unless_there(model, connection.dialect.name).count(connection, [values]) == 1


@cache
def _unless_there(model: type[Base], dialect: str) -> Insertion:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # One row at a time, so both drivers count alike; returning the key to learn the same costs more.
    return Insertion(insert(cast("Table", model.__table__)).on_conflict_do_nothing())
