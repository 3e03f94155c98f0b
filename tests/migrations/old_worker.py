"""A worker of an earlier release: it knows the tables as they were, and goes on writing and reading them."""

import secrets
from datetime import UTC, date, datetime

from sqlalchemy import MetaData, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

# What a worker counts anew within the hour from rows that are there is no loss: a migration may forget it.
COUNTED_ANEW = {"figure_count"}
COUNTED = {"figure_standing": {"counted_at"}}
GROWING = {"access_log"}  # no release ever changed or deleted what stands here
VALUES = {
    bytes: lambda: secrets.token_bytes(16),
    str: lambda: secrets.token_hex(4),
    bool: lambda: False,
    date: lambda: date(2026, 11, 22),
    datetime: lambda: datetime(2026, 11, 22, 3, tzinfo=UTC),
}


class OldWorker:
    """Made while the schema is what it knows. `fill()` gives a row in every table; `faults()` what no longer works."""

    def __init__(self, engine):
        self.engine, self.kept = engine, {}
        metadata = MetaData()
        metadata.reflect(engine)
        self.tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]

    def fill(self, earlier):
        """One row in every table; where there can only be one, it is there from `earlier`, what was kept before."""
        self.kept = self._rows()
        with self.engine.begin() as connection:
            for table in self.tables:
                if "only_row" in table.columns and table.name in earlier:
                    self.kept[table.name] = earlier[table.name]
                else:
                    connection.execute(insert(table), self.kept[table.name])

    def lost(self):
        """Which of the rows of `fill` are not as they were."""
        return [table.name for table in self._but(COUNTED_ANEW) if self._lost(table)]

    def _lost(self, table):
        kept = {name: value for name, value in self.kept[table.name].items() if name not in COUNTED.get(table.name, ())}
        return self._read(table, kept) != 1

    def faults(self):
        """Write, read, change and delete a row in every table; give what failed, as (table, verb)."""
        made, found = self._rows(), []

        def attempt(table, verb, statement):
            try:
                with self.engine.begin() as connection:
                    rows = connection.execute(statement).rowcount
                    if verb != "insert" and rows != 1:
                        found.append((table.name, verb))
            except SQLAlchemyError:
                found.append((table.name, verb))

        for table in self.tables:
            if "only_row" in table.columns:  # there is one already, and can only be one
                made[table.name] = self.kept.get(table.name, made[table.name])
            if self._read(table, made[table.name]) == 0:
                attempt(table, "insert", insert(table).values(made[table.name]))
            if self._read(table, made[table.name]) != 1:
                found.append((table.name, "select"))
        for table in self._but(GROWING):
            attempt(table, "update", update(table).where(*_key(table, made[table.name])).values(made[table.name]))
        for table in reversed(self._but(self._staying())):
            attempt(table, "delete", delete(table).where(*_key(table, made[table.name])))
        return found

    def _but(self, names):
        return [table for table in self.tables if table.name not in names]

    def _staying(self):
        """Tables that nobody deletes from: those with the one row, those that grow, and what an entry points at."""
        growing = [table for table in self.tables if table.name in GROWING]
        pointed = {key.column.table.name for table in growing for key in table.foreign_keys}
        return GROWING | pointed | {table.name for table in self.tables if "only_row" in table.columns}

    def _read(self, table, row):
        """How many rows are exactly this one, every column that is known read."""
        try:
            with self.engine.begin() as connection:
                found = connection.execute(select(*table.columns).where(*_key(table, row))).mappings().all()
        except SQLAlchemyError:
            return -1
        return sum(all(_same(one[name], value) for name, value in row.items()) for one in found)

    def _rows(self):
        rows = {}
        for table in self.tables:
            row, numbers = {}, 0
            for column in table.columns:
                kind = column.type.python_type
                if kind is int:
                    numbers += 1  # small ones that differ: the checks of the schema are about hours, places and sizes
                    row[column.name] = numbers
                else:
                    row[column.name] = VALUES[kind]()
            for constraint in table.foreign_key_constraints:
                for element in constraint.elements:
                    own, parent = element.parent.name, element.column
                    itself = parent.table is table
                    row[own] = None if itself else rows[parent.table.name][parent.name]
            if "number" in table.primary_key.columns:
                row["number"] = secrets.randbelow(1 << 30)
            rows[table.name] = row
        return rows


def _key(table, row):
    return [column == row[column.name] for column in table.primary_key.columns]


def _same(kept, given):
    if isinstance(kept, datetime) and kept.tzinfo is None:
        kept = kept.replace(tzinfo=UTC)  # SQLite keeps no zone
    return kept == given
