"""Writing what is left anew, so that not even the place is seen where destroyed keys and rows were. Done by ticks.

Deleted bytes are overwritten at once (`secure_delete`); this closes the gaps that they left, and on PostgreSQL, where
nothing is overwritten, it lets go of deleted keys. While it runs, writers wait, so it is only done where that is short.
"""

from typing import Final

from sqlalchemy import Engine

from app.services.shred_store import Store, store_of

LARGEST: Final = 64 * 1024 * 1024  # bytes; written anew in about a second, for which intake waits
FREE: Final = 4  # the database is written anew when this part of it, a quarter, is free
_DUE: Final = "UPDATE {} SET vacuum_due = {}"


def compact(engine: Engine) -> None:
    """Compact the store of shred keys if a key went since the last time, and a small SQLite that has many gaps."""
    store = store_of(engine)
    if store.state().vacuum_due:
        _compact_store(store)
    if engine.dialect.name == "sqlite" and _has_gaps(engine):
        _vacuum(engine, "VACUUM")


def _compact_store(store: Store) -> None:
    note_due(store, 0)  # first: what is destroyed meanwhile makes it due again
    if not (_vacuum(store.engine, "VACUUM") if store.sqlite else _vacuum(store.engine, f"VACUUM {store.keys}")):
        note_due(store, 1)


def note_due(store: Store, due: int) -> None:
    """Note whether the store is to be written anew, and copied anew, by the next tick."""
    with store.writing() as connection:
        connection.exec_driver_sql(_DUE.format(store.state_table, due))


def _vacuum(engine: Engine, words: str) -> bool:
    """Outside of any transaction. Say whether it was done: whoever writes or backs up meanwhile comes first."""
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        if engine.dialect.name == "postgresql" and driver is not None:
            driver.autocommit = True
        cursor = raw.cursor()
        cursor.execute(words)
        cursor.close()
    except engine.dialect.loaded_dbapi.Error:
        return False
    else:
        return True
    finally:
        raw.invalidate()
        raw.close()


def _has_gaps(engine: Engine) -> bool:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        pages, free, size = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        cursor.close()
    finally:
        raw.close()
    return bool(free * FREE >= pages > 0 and pages * size <= LARGEST)
