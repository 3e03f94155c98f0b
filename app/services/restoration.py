"""The way back: the rows of a backup into an empty database, of either kind, as the backup's own schema has them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    LargeBinary,
    String,
    bindparam,
    column,
    delete,
    func,
    insert,
    inspect,
    literal,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import TableClause
from sqlalchemy.types import TypeEngine

from app.domain.backup_reading import Row
from app.domain.backup_record import Head, Table, Totals, row_values
from app.errors import FormatError
from app.models import Tick
from app.models.base import Moment

REVISIONS: Final = "alembic_version"
TICK: Final = Tick.__tablename__
BYTES_AT_ONCE: Final = 1024 * 1024
ROWS_AT_ONCE: Final = 500
_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "bytes": LargeBinary(),
    "str": String(),
    "int": BigInteger(),
    "bool": Boolean(),
    "date": Date(),
    "moment": Moment(),
}


def is_empty(connection: Connection) -> bool:
    """Say whether no table has a row; neither the schema's revision counts, nor the mark of a timer that ran before."""
    return not any(
        connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first()
        for name in inspect(connection).get_table_names()
        if name not in {REVISIONS, TICK}
    )


def restore(connection: Connection, records: Iterable[Head | Table | Row | Totals]) -> Totals:
    """Insert every row that `backup_reading.records` gives, and count them in the database; give the totals.

    Commits nothing: where it raises, the transaction must go. Raises FormatError for a backup that is not whole or
    does not fit the schema, IntegrityError where its rows contradict each other.
    """
    if inspect(connection).has_table(TICK):
        connection.execute(delete(table(TICK)))
    filling: _Filling | None = None
    for record in records:
        if isinstance(record, Row) and filling is not None:
            filling.add(record.content)
        elif isinstance(record, Table):
            if filling is not None:
                filling.finish()
            filling = _Filling(connection, record)
        elif isinstance(record, Totals):
            if filling is not None:
                filling.finish()
            _check_counts(connection, record)
            return record
    raise FormatError("backup.end")  # pragma: no cover - `records` gives totals last, or raises


def _check_counts(connection: Connection, totals: Totals) -> None:
    for name, count in totals.counts.items():
        if connection.scalar(select(func.count()).select_from(table(name))) != count:
            raise FormatError(f"backup.{name}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the database knows of a table: its key, and the columns that point at the table itself."""

    key: list[str]
    own: list[str]


def _shape(connection: Connection, name: str, columns: Sequence[str]) -> _Shape:
    inspector = inspect(connection)
    if not inspector.has_table(name) or not {one["name"] for one in inspector.get_columns(name)} >= set(columns):
        raise FormatError(f"backup.{name}")
    pointing = [one for one in inspector.get_foreign_keys(name) if one["referred_table"] == name]
    own = [one for foreign in pointing for one in foreign["constrained_columns"]]
    return _Shape(inspector.get_pk_constraint(name)["constrained_columns"], own)


class _Filling:
    """One table being filled. What points at a later row of the same table is set once all rows are there."""

    def __init__(self, connection: Connection, begun: Table) -> None:
        self.connection, self.name = connection, begun.name
        self.names = [name for name, _type in begun.columns]
        self.types = [type_name for _name, type_name in begun.columns]
        self.table: TableClause = table(begun.name, *(column(name, _TYPES[kind]) for name, kind in begun.columns))
        self.shape = _shape(connection, begun.name, self.names)
        self.rows: list[dict[str, Any]] = []
        self.size = 0
        self.pointing: list[dict[str, Any]] = []  # ids only

    def add(self, content: bytes) -> None:
        row = dict(zip(self.names, row_values(content, self.types), strict=True))
        for own in self.shape.own:
            if row[own] is not None:
                self.pointing.append({f"key_{name}": row[name] for name in self.shape.key} | {f"to_{own}": row[own]})
                row[own] = None
        self.rows.append(row)
        self.size += len(content)
        if self.size >= BYTES_AT_ONCE or len(self.rows) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self.rows and self.connection.dialect.name == "postgresql":
            self._copy()
        elif self.rows:
            self.connection.execute(insert(self.table), self.rows)
        self.rows, self.size = [], 0

    def _copy(self) -> None:
        """PostgreSQL's own way for many rows is several times as fast as inserting them."""
        kinds = "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = :table"
        kind_of: dict[str, str] = dict(tuple(row) for row in self.connection.execute(text(kinds), {"table": self.name}))
        statement = f"COPY {self.name} ({', '.join(self.names)}) FROM STDIN (FORMAT BINARY)"
        driver: Any = self.connection.connection
        failures = self.connection.dialect.loaded_dbapi.Error
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copying:
                copying.set_types([kind_of[name] for name in self.names])
                for row in self.rows:
                    copying.write_row(list(row.values()))
        except failures as error:
            raise DBAPIError.instance(statement, None, error, failures, hide_parameters=True) from error

    def finish(self) -> None:
        self._flush()
        for own in self.shape.own:
            pointing = [one for one in self.pointing if f"to_{own}" in one]
            if pointing:
                here = [self.table.c[name] == bindparam(f"key_{name}") for name in self.shape.key]
                there = update(self.table).where(*here).values({own: bindparam(f"to_{own}")})
                self.connection.execute(there, pointing)
        if self.connection.dialect.name == "postgresql":
            self._number_on()

    def _number_on(self) -> None:
        """Let PostgreSQL's own numbers go on after the largest that came back."""
        for name, sequence in self._sequences():
            newest = f"SELECT setval(:sequence, coalesce(max({name}), 1), max({name}) IS NOT NULL) FROM {self.name}"  # noqa: S608 (both names were checked against the schema)
            self.connection.execute(text(newest), {"sequence": sequence})

    def _sequences(self) -> Iterator[tuple[str, str]]:
        for name, kind in zip(self.names, self.types, strict=True):
            found = kind == "int" and self.connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": self.name, "column": name}
            )
            if found:
                yield name, str(found)
