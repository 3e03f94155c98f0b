"""What makes the rows and their keys agree again: destructions that stopped half-way, and keys that nothing lies under.

Nothing here may run beside a store that is missing, another's or older (`shred_setup.trouble`): all would seem gone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.models import Draft, Referral, Report
from app.services import destruction
from app.services.shred_store import Store, pieces, store_of
from app.services.transaction import reads_only

AT_ONCE: Final = 50  # referrals in one transaction: reports come in between two of them
WALKED: Final = 500  # rows looked at in one go
# A process uses what it took for a day. Days are counted by ticks whose clock was believed, from the first that saw the
# key on, so a clock that was wrong for a while lets no key go that somebody still holds.
LEFT_FOR: Final = timedelta(days=3)
_REFERRED_TO: Final = 0  # `seen_on` of a key that was found in use: it is not asked for again


@dataclass(frozen=True, slots=True)
class Swept:
    """How many referrals and reports were destroyed whose key was gone, and how many left-over keys went."""

    referrals: int
    reports: int
    keys: int


def finish(session: Session, now: datetime) -> Swept:
    """Finish destructions whose keys went and whose rows did not: each is noted in the store until its rows are gone.

    Cheap where there is nothing to finish. Safe to run at any time, and twice at once.
    """
    store = store_of(session)
    with store.reading() as connection:
        rows = connection.exec_driver_sql(f"SELECT key_id, table_name, row_id FROM {store.going}").all()  # noqa: S608 - a name of ours
    referrals = reports = 0
    for some in pieces(rows):
        of = _by_table(some)
        left = _still_under(session, Referral.referral_id, Referral.shred_id, of["referral"])
        done, emptied = _destroy(session, left, now)
        left_reports = _still_under(session, Report.report_id, Report.shred_id, of["report"])
        referrals, reports = referrals + done, reports + emptied + _forget(session, left_reports, now)
        session.execute(delete(Draft).where(Draft.shred_id.in_(of["draft"].values()), Draft.lookup.in_(of["draft"])))
        session.commit()
        with store.writing() as connection:
            ids = tuple(row.key_id for row in some)
            connection.exec_driver_sql(f"DELETE FROM {store.going} WHERE key_id IN ({store.marks(ids)})", ids)  # noqa: S608 - marks
    return Swept(referrals, reports, 0)


def compare(session: Session, now: datetime) -> Swept:
    """Walk through all rows: destroy those whose key is gone, however that came, and delete keys that nothing needs.

    Reads everything once, a piece at a time, and holds no lock while it does.
    """
    store, today = store_of(session), day_of(now)
    candidates = _candidates(store, today)
    in_use: set[bytes] = set()

    def keyless(key: Any, shred_id: Any) -> Iterator[bytes]:  # noqa: ANN401 - columns of any model
        for rows in _walk(session, key, shred_id):
            there = store.find({row.shred_id for row in rows})
            in_use.update(there.keys() & candidates)
            yield from (row.row_id for row in rows if row.shred_id not in there)

    done, emptied = _destroy(session, list(keyless(Referral.referral_id, Referral.shred_id)), now)
    reports = emptied + _forget(session, list(keyless(Report.report_id, Report.shred_id)), now)
    lost_drafts = list(keyless(Draft.lookup, Draft.shred_id))
    session.execute(delete(Draft).where(Draft.lookup.in_(lost_drafts)))
    session.commit()
    left_over = candidates - in_use
    _settle(store, today, in_use, left_over)
    return Swept(done, reports, len(left_over))


def compare_once_a_day(session: Session, now: datetime) -> Swept:
    """Compare unless that was done on this day already."""
    if store_of(session).state().compared_on == day_of(now).toordinal():
        return Swept(0, 0, 0)
    return compare(session, now)


def begin_anew(session: Session) -> None:
    """After somebody said that a clock which had jumped is right: count the days of left-over keys from the start."""
    store = store_of(session)
    with store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {store.keys} SET seen_on = NULL WHERE seen_on > {_REFERRED_TO}")  # noqa: S608 - ours


def _candidates(store: Store, today: date) -> set[bytes]:
    """Note that new keys were seen; give those that nobody who took them can still use, and that were not looked at."""
    until = (today - LEFT_FOR).toordinal()
    with store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {store.keys} SET seen_on = {today.toordinal()} WHERE seen_on IS NULL")  # noqa: S608 - a number
        old = f"SELECT key_id FROM {store.keys} WHERE seen_on > {_REFERRED_TO} AND seen_on < {until}"  # noqa: S608 - a number
        return {bytes(row.key_id) for row in connection.exec_driver_sql(old)}


def _settle(store: Store, today: date, in_use: Collection[bytes], left_over: Collection[bytes]) -> None:
    with store.writing() as connection:
        for some in pieces(in_use):
            used = f"UPDATE {store.keys} SET seen_on = {_REFERRED_TO} WHERE key_id IN ({store.marks(some)})"  # noqa: S608 - marks
            connection.exec_driver_sql(used, tuple(some))
        for some in pieces(left_over):
            gone = f"DELETE FROM {store.keys} WHERE key_id IN ({store.marks(some)})"  # noqa: S608 - marks
            connection.exec_driver_sql(gone, tuple(some))
        due = ", vacuum_due = 1" if left_over else ""
        compared = f"UPDATE {store.state_table} SET compared_on = {today.toordinal()}, generation = generation + 1{due}"  # noqa: S608 - a number
        connection.exec_driver_sql(compared)


def _walk(session: Session, key: Any, shred_id: Any) -> Iterator[Any]:  # noqa: ANN401 - columns of any model
    last = b""
    while True:
        reads_only(session)
        asked = select(key.label("row_id"), shred_id.label("shred_id")).where(key > last, shred_id.is_not(None))
        rows = session.execute(asked.order_by(key).limit(WALKED)).all()
        session.rollback()
        if not rows:
            return
        yield rows
        last = rows[-1].row_id


def _by_table(rows: Collection[Any]) -> dict[str, dict[bytes, bytes]]:
    found: dict[str, dict[bytes, bytes]] = {"referral": {}, "report": {}, "draft": {}}
    for row in rows:
        found[row.table_name][bytes(row.row_id)] = bytes(row.key_id)
    return found


def _still_under(session: Session, key: Any, shred_id: Any, wanted: dict[bytes, bytes]) -> list[bytes]:  # noqa: ANN401 - columns
    rows = session.execute(select(key, shred_id).where(key.in_(wanted))).all()
    session.rollback()
    return [row_id for row_id, under in rows if under == wanted[row_id]]


def _destroy(session: Session, referral_ids: Collection[bytes], now: datetime) -> tuple[int, int]:
    """Destroy referrals whose keys are gone, and their reports; give how many of each."""
    reports = 0
    for first in range(0, len(referral_ids), AT_ONCE):
        some = list(referral_ids)[first : first + AT_ONCE]
        chosen = select(Referral.report_id).where(Referral.referral_id.in_(some))
        destruction.lock_reports(session, chosen)
        report_ids = {one for one in session.scalars(chosen) if one is not None}
        destruction.destroy(session, some, now)
        reports += sum(destruction.forget_if_empty(session, report_id, now) for report_id in sorted(report_ids))
        session.commit()
    return len(referral_ids), reports


def _forget(session: Session, report_ids: Collection[bytes], now: datetime) -> int:
    forgotten = 0
    for report_id in report_ids:
        destruction.lock_reports(session, select(Report.report_id).where(Report.report_id == report_id))
        forgotten += destruction.forget_if_empty(session, report_id, now)
        session.commit()
    return forgotten
