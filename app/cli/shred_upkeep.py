"""What a tick and a purge do for the store of shred keys, around what they destroy."""

from datetime import datetime
from typing import Final

import click

from app import compaction, db
from app.services import shred_expand, shred_setup, shred_sweep
from app.services.shred_sweep import Swept

PUT_UNDER_AT_ONCE: Final = 500  # reports and referrals of before in one tick: some seconds of work


def must_be_whole() -> None:
    """Refuse to destroy beside a store that is not the database's: everything would seem destroyed already."""
    trouble = shred_setup.trouble(db.engine())
    if trouble:
        message = f"nothing was destroyed: {trouble}"
        raise click.ClickException(message)


def finish_what_stopped(now: datetime) -> Swept:
    """Destroy the rest of what was interrupted half-way."""
    return shred_sweep.finish(db.session(), now)


def keep_up(now: datetime, *, clock_is_right: bool) -> None:
    """Put what came before under keys, compare keys and rows once a day, and close the gaps of what went."""
    session = db.session()
    shred_expand.put_under(session, PUT_UNDER_AT_ONCE)
    if clock_is_right:
        shred_sweep.begin_anew(session)
    shred_sweep.compare_once_a_day(session, now)
    compaction.compact(db.engine())
