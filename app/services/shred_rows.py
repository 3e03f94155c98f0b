"""Every row that can lie under a shred key: where it is, what it is called there, and taking all of them out again."""

from typing import Final, NamedTuple

from sqlalchemy import Connection, text

from app.crypto import shred
from app.errors import FormatError
from app.services.shred_store import pieces, store_of


class Place(NamedTuple):
    """A table whose rows lie under keys: its key's columns, which its rows are bound to, and the column that is."""

    row_id: tuple[str, ...]
    content: str = "sealed"


PLACES: Final = {
    "report": Place(("report_id",), "own"),
    "referral": Place(("referral_id",)),
    "message": Place(("referral_id", "message_id")),
    "summary": Place(("referral_id",)),
    "work_record": Place(("record_id",)),
    "passed_on": Place(("referral_id",), "answer"),
    "draft": Place(("lookup",)),
}


def take_all_out(connection: Connection) -> None:
    """For the way back to a release without shred keys: every row as it came. Commits nothing.

    A row whose key is gone stays as it is: nobody can open it, and it was to be destroyed.
    """
    for table, place in PLACES.items():
        _take_out(connection, table, place)


def _take_out(connection: Connection, table: str, place: Place) -> None:
    columns, wanted = ", ".join(place.row_id), " AND ".join(f"{name} = :{name}" for name in place.row_id)
    rows = text(f"SELECT {columns}, shred_id FROM {table} WHERE shred_id IS NOT NULL")  # noqa: S608 - names of ours
    one = text(f"SELECT {place.content} FROM {table} WHERE {wanted}")  # noqa: S608 - likewise
    change = text(f"UPDATE {table} SET {place.content} = :content WHERE {wanted}")  # noqa: S608 - likewise
    store = store_of(connection.engine)
    for some in pieces(connection.execute(rows).all()):
        keys = store.find({bytes(row.shred_id) for row in some})
        for *row_id, shred_id in some:
            named = dict(zip(place.row_id, row_id, strict=True))
            stored, key = connection.scalar(one, named), keys.get(bytes(shred_id))
            if stored is None or key is None:
                continue
            try:
                content = shred.take_out(key, shred.shred_aad(table, *map(bytes, row_id)), bytes(stored))
            except FormatError:
                continue
            connection.execute(change, named | {"content": content})
