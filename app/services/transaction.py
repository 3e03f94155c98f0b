"""How a service tells the database what it is about to do."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

READS_ONLY = "onestop_reads_only"


def reads_only(session: Session) -> Connection:
    """The transaction that begins here only reads: on SQLite it then waits for no writer, and no writer for it."""
    if session.in_transaction():
        return session.connection()
    return session.connection(execution_options={READS_ONLY: True})
