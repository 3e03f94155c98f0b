"""How a service tells the database what it is about to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

READS_ONLY = "onestop_reads_only"


def reads_only(session: Session) -> None:
    """The transaction that begins here only reads: on SQLite it then waits for no writer, and no writer for it."""
    if not session.in_transaction():
        session.connection(execution_options={READS_ONLY: True})


@contextmanager
def as_one(session: Session) -> Iterator[Session]:
    """Give a session whose commits are only steps of one transaction: all of them stand afterwards, or none."""
    try:
        with Session(session.connection(), expire_on_commit=False, join_transaction_mode="create_savepoint") as steps:
            yield steps
            steps.commit()
        session.commit()
    except BaseException:
        session.rollback()
        raise
