"""A backup made, opened and restored, against copying the same bytes and sealing them with bare AES-GCM."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.db import engine_for
from app.services import shred_backup
from tests.bench.letters import LETTER
from tests.bench.method import SERVER_CORE, pinned, ratios, row, spread
from tests.bench.queue_rows import organisation_of
from tests.browser.live_portal import ROOT, LivePortal
from tests.making_many import fill_referrals

MIB = 1024 * 1024
PIECE = 64 * 1024


class Case:
    """A portal that is not served, with so many reports; and an empty one beside it."""

    def __init__(self, directory, reports, addresses):
        self.directory, self.reports = directory, reports
        self.addresses = addresses
        self.full = LivePortal(directory / "full", **self.database("full"))
        engine = engine_for(self.full.environment["ONESTOP_DATABASE_URL"])
        fill_referrals(engine, organisation_of(engine)[0], reports, letter_bytes=LETTER)
        engine.dispose()
        self.client("backup-key", "--public", directory / "public", "--private", directory / "words")

    def database(self, name):
        address = self.addresses(name)
        return {} if address is None else {"database_url": address}

    def client(self, *arguments):
        command = [sys.executable, "-m", "app.client", *map(str, arguments)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    def backup(self):
        kept = self.directory / "kept"
        kept.mkdir(mode=0o700, exist_ok=True)
        self.full.flask("backup", "--to", str(kept), "--recipient", str(self.directory / "public"), "--keep", "1")
        return next(path for path in kept.iterdir() if path.is_file() and path.stat().st_size > MIB)

    @property
    def keys(self):
        """The copy of the store of shred keys, still sealed."""
        return self.directory / "kept" / shred_backup.PLACE

    def opened(self, backup, name="opened"):
        opened = self.directory / name
        opened.unlink(missing_ok=True)
        self.client("open-backup", backup, "--key", self.directory / "words", "--to", opened)
        return opened

    def empty(self, number):
        return LivePortal(self.directory / f"empty-{number}", demo=False, **self.database(f"empty_{number}"))


def seconds(work, *arguments):
    """What a call gave, and how long it took."""
    with pinned(SERVER_CORE):
        began = time.monotonic()
        given = work(*arguments)
        return given, time.monotonic() - began


def copy_sealed(source, target):
    """Read, seal, write, and wait for the disk."""
    key, nonce = AESGCM(AESGCM.generate_key(256)), 0
    with source.open("rb") as plain, target.open("wb") as sealed:
        while piece := plain.read(PIECE):
            sealed.write(key.encrypt(nonce.to_bytes(12), piece, None))
            nonce += 1
        sealed.flush()
        os.fsync(sealed.fileno())


def rows(name, reports, rounds, addresses):
    """`addresses` gives that of a new database, or None for SQLite in a file of its own."""
    taken = {"backup": [], "open": [], "restore": [], "copy": []}
    with tempfile.TemporaryDirectory(prefix="onestop-bench-") as directory:
        case = Case(Path(directory), reports, addresses)
        for number in range(rounds):
            backup, spent = seconds(case.backup)
            taken["backup"].append(spent)
            opened, spent = seconds(case.opened, backup)
            taken["open"].append(spent)
            size = opened.stat().st_size / MIB
            taken["copy"].append(seconds(copy_sealed, opened, case.directory / "copied")[1])
            restore = ("restore", str(opened), "--keys", str(case.opened(case.keys, "keys")))
            taken["restore"].append(seconds(case.empty(number).flask, *restore)[1])
    steps = {"backup": "flask backup", "open": "app.client open-backup", "restore": "flask restore"}
    rates = {step: [size / spent for spent in spents] for step, spents in taken.items()}
    return [
        row(
            "backup", f"{name}, {reports:,} reports ({size:.0f} MiB): {words}", taken[step], "s",
            against=f"{spread(rates[step]).median:.0f} MiB/s; bare copy {spread(rates['copy']).median:.0f} MiB/s",
            ratio=ratios(rates[step], rates["copy"]),
        )
        for step, words in steps.items()
    ]  # fmt: skip
