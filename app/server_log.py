"""What gunicorn logs, in the portal's own lines.

By itself a worker of gunicorn writes the address of whoever sent a request that cannot be read, and the path of one
that failed; so what workers say is reduced to its place in the code.
"""

import logging
import os
from typing import Final

from gunicorn.config import Config
from gunicorn.glogging import Logger

from app.telemetry import Lines, lines_to_standard_error, place_of

_UNREADABLE: Final = "Invalid request"


class ServerLines(Lines):
    """The master's words as they are, since it serves nobody and speaks of sockets and settings; a worker's place."""

    def __init__(self, master: int) -> None:
        super().__init__()
        self.master = master

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        said = logging.LogRecord(record.name, record.levelno, "", 0, "server", None, None)
        said.created = record.created
        if os.getpid() == self.master:
            said.text = record.getMessage()
        elif record.getMessage().startswith(_UNREADABLE):
            said.msg = "unreadable request"
        if record.exc_info and record.exc_info[1] is not None:
            said.place = place_of(record.exc_info[1])
        return super().format(said)


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's `logger_class`. There is no access log."""

    def setup(self, cfg: Config) -> None:
        """Put the portal's handler in place of gunicorn's. Runs in the master, before any worker is there."""
        super().setup(cfg)
        handler = lines_to_standard_error()
        handler.setFormatter(ServerLines(os.getpid()))
        self.error_log.handlers = [handler]
        self.access_log.disabled = True
