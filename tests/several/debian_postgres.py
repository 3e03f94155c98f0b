"""The PostgreSQL that Debian installs, in a directory of its own and on a socket there: no service of the system's."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # whom Debian's package makes; a server refuses to be root's


def newest():
    """The directory of the newest version's programs, None where there is none."""
    found = [path.parent for path in PROGRAMS.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


class DebianPostgres:
    """`url`: the address of an empty database that trusts whoever reaches the socket."""

    def __enter__(self):
        self.programs = newest()
        if self.programs is None:
            message = "Debian's PostgreSQL is not there; .ci/debian installs it"
            raise RuntimeError(message)
        self.directory = Path(tempfile.mkdtemp(prefix="onestop-debian-"))
        self.user = OWNER if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.directory, OWNER)
        self.rows = self.directory / "rows"
        try:
            self._run("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", OWNER)
            words = f"-c listen_addresses='' -c unix_socket_directories={self.directory} -c fsync=off"
            self._run("pg_ctl", "-w", "-l", str(self.directory / "log"), "-o", words, "start")
        except BaseException:
            self.__exit__()
            raise
        self.url = f"postgresql://{OWNER}@/postgres?host={self.directory}"
        return self

    def __exit__(self, *_):
        if (self.rows / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.directory, ignore_errors=True)

    def _run(self, program, *arguments):
        command = [str(self.programs / program), "-D", str(self.rows), *arguments]
        ran = subprocess.run(
            command,
            cwd=self.directory,
            user=self.user if os.getuid() == 0 else None,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,  # a server that is started keeps what it is given
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if ran.returncode:
            log = self.directory / "log"
            message = f"{program} failed: {log.read_text(encoding='utf-8') if log.exists() else ''}"
            raise RuntimeError(message)
