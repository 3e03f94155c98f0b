"""gunicorn's threaded worker, except that running out of files neither ends it nor lets it spin, and it forgets forms.

By itself the worker dies of an `accept` that fails for want of a file, and takes the requests under way with it.
"""

import errno
import gc
import resource
import select
import socket
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from gunicorn.workers import gthread

# For threads, databases and whatever a request opens: what connections must never take.
FILES_KEPT: Final = 96
FEWEST: Final = 16
PAUSE: Final = 1.0  # seconds in which nobody is let in after there was no file for the last one
# Of a request that was refused before its body was read: the largest body that any address takes, and some more.
READ_OUT_MOST: Final = 4 * 1024 * 1024 + 64 * 1024
READ_OUT_WITHIN: Final = 5.0  # seconds for which a client that sends slowly holds a thread
_CONTENT_TYPE, _FORM = "CONTENT-TYPE", "application/x-www-form-urlencoded"
_EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class _Connection(gthread.TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A connection that needs no further file to be waited for."""

    data_ready: bool

    def wait_for_data(self, timeout: float) -> bool:
        """Tell whether something comes within so many seconds."""
        if not self.data_ready:
            poll = select.poll()
            poll.register(self.sock, select.POLLIN)
            self.data_ready = bool(poll.poll(timeout * 1000))
        return bool(self.data_ready)


def most_connections(configured: int, files: int) -> int:
    """Give how many connections leave enough files for the rest."""
    return configured if files == resource.RLIM_INFINITY else max(FEWEST, min(configured, files - FILES_KEPT))


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's `worker_class`. Whoever finds no room waits in the kernel's queue until a connection closes."""

    worker_connections: int
    max_keepalived: int

    def __init__(self, *args: object, **named: Mapping[str, Any]) -> None:
        super().__init__(*args, **named)
        files, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.worker_connections = most_connections(self.worker_connections, files)
        self.max_keepalived = min(self.max_keepalived, self.worker_connections // 2)
        self.closed_until = 0.0

    def accept(self, listener: socket.socket) -> None:
        """Let one in, or nobody for a while."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self.closed_until = time.monotonic() + PAUSE
                self.set_accept_enabled(enabled=False)
            elif error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        client.setblocking(True)  # noqa: FBT003 - the standard library's own parameter
        self.enqueue_req(_Connection(self.cfg, client, address, listener.getsockname()))

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take new connections or not; never during the pause."""
        super().set_accept_enabled(enabled and time.monotonic() >= self.closed_until)

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 - gunicorn ships no types
        """Answer what came, and let go of what a form held: its buffers, and what would wait for the garbage collector.

        Not before the rest of its body was read: what nobody reads of a refused request is no beginning of the next.
        """
        try:
            return super().handle(conn)
        finally:
            asked = getattr(conn.parser, "mesg", None)
            if asked is not None and (_CONTENT_TYPE, _FORM) in asked.headers and not isinstance(asked.body, BytesIO):
                asked.body = BytesIO()
                gc.collect()

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:  # noqa: ANN401 - gunicorn's own
        """Read what is left of a body, and say whether the connection is good for another request.

        gunicorn itself reads 64 KiB and closes; who is still sending would then not hear why they were refused.
        """
        if not keepalive:
            return False
        return bool(conn.parser.finish_body(deadline=time.monotonic() + READ_OUT_WITHIN, max_bytes=READ_OUT_MOST))
