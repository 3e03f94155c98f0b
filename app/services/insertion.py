"""Insert rows with statements that are compiled once: on the way of a report, SQLAlchemy costs more than the database.

What is compiled, and how each column's type writes a value for a driver, is asked of SQLAlchemy the first time; after
that a statement goes to the driver as it is. Errors, events and the transaction stay SQLAlchemy's. All rows go in with
one statement: what a driver does to run one again for each of them costs more than the rows.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import BindParameter, Connection, Dialect, Insert, LargeBinary, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.models import Base

# Counted when the statement ran: what a driver says of a cursor that is closed is its own affair.
_COUNTED: Final = {"preserve_rowcount": True}
_OF_ROW: Final = "_of_row_"


def of_row(row: int, name: str, kind: "TypeEngine[Any] | None" = None) -> BindParameter[Any]:
    """Stand in a statement for what a row, counted from 0, has under a name."""
    return bindparam(f"{name}{_OF_ROW}{row}", type_=kind)


class _Compiled:
    """A statement in the words of one database, and what each of its parameters goes through on the way there."""

    def __init__(self, statement: Insert, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.words = str(compiled)
        self.names = None if dialect.positional else list(compiled.params)
        self.places = [
            self._place(name, compiled.params[name], compiled.binds[name].type, dialect)
            for name in self.names or cast("Sequence[str]", compiled.positiontup)
        ]

    @staticmethod
    def _place(
        name: str, fixed: object, kind: "TypeEngine[Any]", dialect: Dialect
    ) -> tuple[int, str, Callable[[Any], Any] | None, object]:
        written = _writing(kind, dialect)
        own, is_rows, row = name.rpartition(_OF_ROW)
        return (int(row), own, written, None) if is_rows else (-1, "", None, written(fixed) if written else fixed)

    def parameters(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Any, ...] | dict[str, Any]:
        given = [
            fixed if row < 0 else written(rows[row][name]) if written else rows[row][name]
            for row, name, written, fixed in self.places
        ]
        return tuple(given) if self.names is None else dict(zip(self.names, given, strict=True))


def _writing(kind: "TypeEngine[Any]", dialect: Dialect) -> Callable[[Any], Any] | None:
    """Bytes go as they are: both drivers take them, and what SQLAlchemy wraps them in is unwrapped at once."""
    return None if isinstance(kind, LargeBinary) else kind.dialect_impl(dialect).bind_processor(dialect)


class Insertion:
    """An insert that is compiled at its first use, for each kind of database and each number of rows, which are few.

    `statement` makes it for so many rows: whatever is theirs stands there as `of_row`.
    """

    def __init__(self, statement: Callable[[int], Insert]) -> None:
        self.statement = statement
        self.compiled: dict[tuple[str, int], _Compiled] = {}

    def count(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run it for these rows, one or more, and give how many went in. Commits nothing."""
        dialect = connection.dialect
        found = self.compiled.get((dialect.name, len(rows)))
        if found is None:
            found = self.compiled[dialect.name, len(rows)] = _Compiled(self.statement(len(rows)), dialect)
        return connection.exec_driver_sql(found.words, found.parameters(rows), _COUNTED).rowcount


def insert_if_absent(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """True if the row went in; False if a row with its key or another unique value is there, also one that raced us.

    `values` names every column. In one statement, on both databases.
    """
    connection = session.connection()
    return _unless_there(model, connection.dialect.name).count(connection, [values]) == 1


@cache
def _unless_there(model: type[Base], dialect: str) -> Insertion:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = cast("Table", model.__table__)
    values = {column.name: of_row(0, column.name, column.type) for column in table.c}
    # Both drivers count alike; returning the key to learn the same costs more.
    return Insertion(lambda _one: insert(table).values(values).on_conflict_do_nothing())
