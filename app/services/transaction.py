"""How a service tells the database what it is about to do."""

from sqlalchemy.orm import Session

READS_ONLY = "onestop_reads_only"


def reads_only(session: Session) -> None:
    """The transaction that begins here only reads: on SQLite it then waits for no writer, and no writer for it."""
    if not session.in_transaction():
        session.connection(execution_options={READS_ONLY: True})
