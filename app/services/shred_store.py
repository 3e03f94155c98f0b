"""The store of shred keys: small, apart from the database, and committed before anything refers to what is in it.

A database is found with its store: `attach` says once for an engine which one it is, `store_of` finds it for a session.
Each change of the store counts its `generation` on in the same commit. Keys are in no message, log or repr.
"""

import os
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.crypto.shred import KEY_LENGTH
from app.services.transaction import READS_ONLY

BATCH: Final = 512  # keys in one commit: a report to two organisations costs a hundred-and-seventieth of one
HELD: Final = 24 * 60 * 60  # seconds for which a process uses what it took; what is left is cleared away days later
AT_ONCE: Final = 500  # ids in one question
ID_LENGTH: Final = 16
# PostgreSQL gets them in one piece and cuts it up: a parameter for each would take as long as all else about a report.
_INSERT_DRAWN: Final = f"""
    INSERT INTO shred.shred_key (key_id, key)
    SELECT substring(drawn FROM i FOR {ID_LENGTH}), substring(drawn FROM i + {ID_LENGTH} FOR {KEY_LENGTH})
    FROM (SELECT %s::bytea) one (drawn), generate_series(1, %s, {ID_LENGTH + KEY_LENGTH}) i"""  # noqa: S608 - lengths


@dataclass(frozen=True, slots=True)
class ShredKey:
    """One key, and the generation of the store that first had it."""

    key_id: bytes
    generation: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doomed:
    """A key that goes, and the row that lies under it: its table's name and its id."""

    key_id: bytes
    table: str
    row_id: bytes


@dataclass(frozen=True, slots=True)
class State:
    """`compared_on` and days of keys are ordinals of days, 0 for never."""

    store_id: bytes
    generation: int
    vacuum_due: bool
    compared_on: int


class Store:
    """One store, as one process uses it. `noted` is the generation that the database is known to have noted.

    `within`: it is a schema of its database, so that one transaction can write into both.
    """

    def __init__(self, engine: Engine, *, within: bool = False) -> None:
        self.engine, self.within = engine, within
        self.sqlite = engine.dialect.name == "sqlite"
        self.mark = "?" if self.sqlite else "%s"
        self.keys = "shred_key" if self.sqlite else "shred.shred_key"
        self.going = "shred_going" if self.sqlite else "shred.shred_going"
        self.state_table = "shred_state" if self.sqlite else "shred.shred_state"
        self.noted = 0
        self._lock = Lock()
        self._held: list[ShredKey] = []
        self._pid, self._since = 0, 0.0

    def take(self, number: int) -> list[ShredKey]:
        """Give so many keys that nobody else has, which are durable already."""
        with self._lock:
            # A process that was forked must not use its parent's; one that slept for days, nothing from before.
            if self._pid != os.getpid() or _now() - self._since > HELD:
                self._held, self._pid = [], os.getpid()
            while len(self._held) < number:
                self._since = _now()
                self._held = self._batch(max(BATCH, number)) + self._held
            taken, self._held = self._held[:number], self._held[number:]
            return taken

    def find(self, key_ids: Collection[bytes]) -> dict[bytes, bytes]:
        """Give those of these keys that are there, by id.

        Asked once more where the connection was cut while it rested: these are used now and then, and notice it late.
        """
        try:
            return self._find(key_ids)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._find(key_ids)

    def _find(self, key_ids: Collection[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with self.reading() as connection:
            for some in pieces(key_ids):
                words = f"SELECT key_id, key FROM {self.keys} WHERE key_id IN ({self.marks(some)})"  # noqa: S608 - marks
                found.update((bytes(one), bytes(key)) for one, key in connection.exec_driver_sql(words, tuple(some)))
        return found

    def destroy(self, doomed: Sequence[Doomed]) -> int:
        """Delete keys durably, note which rows lay under them, and give the store's generation after that."""
        with self.writing() as connection:
            for some in pieces(doomed):
                ids = tuple(one.key_id for one in some)
                connection.exec_driver_sql(f"DELETE FROM {self.keys} WHERE key_id IN ({self.marks(ids)})", ids)  # noqa: S608 - marks
            into = f"INSERT INTO {self.going} (key_id, table_name, row_id) VALUES ({self.marks(range(3))})"  # noqa: S608 - marks
            connection.exec_driver_sql(
                f"{into} ON CONFLICT DO NOTHING", [(one.key_id, one.table, one.row_id) for one in doomed]
            )
            return self._count_on(connection, vacuum_due=True)

    def state(self) -> State:
        """Give the one row of state. Raises SQLAlchemyError where there is no store."""
        words = f"SELECT store_id, generation, vacuum_due, compared_on FROM {self.state_table}"  # noqa: S608 - a name of ours
        with self.reading() as connection:
            store_id, generation, vacuum_due, compared_on = connection.exec_driver_sql(words).one()
        return State(bytes(store_id), generation, bool(vacuum_due), compared_on)

    def marks(self, some: Collection[object]) -> str:
        """Give as many placeholders."""
        return ", ".join(self.mark for _one in some)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: it waits for nobody."""
        with self.engine.connect() as connection:
            connection.execution_options(**{READS_ONLY: True})
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of its own, durable when it ends."""
        with self.engine.begin() as connection:
            yield connection

    def _batch(self, number: int) -> list[ShredKey]:
        each = ID_LENGTH + KEY_LENGTH
        drawn = secrets.token_bytes(number * each)
        made = [(drawn[at : at + ID_LENGTH], drawn[at + ID_LENGTH : at + each]) for at in range(0, len(drawn), each)]
        with self.writing() as connection:
            if self.sqlite:
                connection.exec_driver_sql(f"INSERT INTO {self.keys} (key_id, key) VALUES (?, ?)", sorted(made))  # noqa: S608 - ours
            else:
                connection.exec_driver_sql(_INSERT_DRAWN, (drawn, len(drawn)))
            generation = self._count_on(connection)
            if self.within:
                self._note(connection, generation)
        if self.within:
            self.noted = max(self.noted, generation)
        return [ShredKey(key_id, generation, key) for key_id, key in made]

    def _note(self, connection: Connection, generation: int) -> None:
        """Note in the database that reports rely on these keys, with the keys themselves: no report then has to."""
        words = f"""INSERT INTO shred_standing (only_row, store_id, generation)
            SELECT 1, store_id, %s FROM {self.state_table}
            ON CONFLICT (only_row) DO UPDATE SET generation = excluded.generation
            WHERE excluded.generation > shred_standing.generation"""  # noqa: S608 - a name of ours
        connection.exec_driver_sql(words, (generation,))

    def _count_on(self, connection: Connection, *, vacuum_due: bool = False) -> int:
        due = ", vacuum_due = 1" if vacuum_due else ""
        words = f"UPDATE {self.state_table} SET generation = generation + 1{due} RETURNING generation"  # noqa: S608 - as above
        return int(connection.exec_driver_sql(words).scalar_one())


_STORES: Final[WeakKeyDictionary[Engine, Store]] = WeakKeyDictionary()


def attach(database: Engine, store: Engine) -> None:
    """Say which store is a database's; it is let go of with the database."""
    _STORES[database] = Store(store, within=store.url == database.url)

    def let_go(_database: Engine) -> None:
        store.dispose()

    event.listen(database, "engine_disposed", let_go)


def store_of(database: Session | Engine) -> Store:
    """Give the store of a session's or an engine's database."""
    bind: Any = database.get_bind() if isinstance(database, Session) else database
    return _STORES[getattr(bind, "engine", bind)]


def pieces(many: Collection[Any]) -> Iterator[list[Any]]:
    """Cut what is asked for into pieces that one question can hold."""
    listed = list(many)
    for first in range(0, len(listed), AT_ONCE):
        yield listed[first : first + AT_ONCE]


def _now() -> float:
    """Seconds that go on while the machine sleeps, and that nobody sets back."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
