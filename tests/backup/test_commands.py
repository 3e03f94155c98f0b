"""The commands as an operator types them: key, backup, opening, restoring; and when no backup can be made."""

import dataclasses
import fcntl
import os
import re
import stat
from datetime import UTC, datetime

import pytest

from app.cli import backup as backup_command
from app.crypto import recipient_key
from app.db import engine_for
from app.domain import recovery_words
from app.domain.wire import b64u_decode, b64u_encode
from app.services import backup, whole_file
from tests.backup.conftest import rows_of, url_of, written
from tests.databases import on_one

pytestmark = on_one
NAME = re.compile(r"onestop-\d{8}T\d{6}Z\.backup")
HASH = re.compile(r"sha256 [0-9a-f]{64}")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_whole_way(ready, opened, filled, tmp_path):
    code, restored = ready.restore(url_of(tmp_path))
    assert code == 0, restored
    engine = engine_for(url_of(tmp_path))
    assert rows_of(engine) == rows_of(filled)
    engine.dispose()
    (sealed,) = ready.backups.glob("*.backup")
    assert NAME.fullmatch(sealed.name)
    printed = [*opened, restored]
    assert all(output.count("\n") == 1 for output in printed)
    assert len({HASH.search(output)[0] for output in printed}) == 1
    assert len({output.partition("sha256")[2] for output in printed}) == 1
    counts = {name: len(rows) for name, rows in rows_of(filled).items()}
    assert all(f"{name} {count}" in restored for name, count in counts.items())


def test_who_may_read_what_was_written(ready, opened):
    written = [path for path in ready.backups.rglob("*") if path.is_file()]
    opened = (ready.directory / "opened", ready.directory / "keys")
    assert [mode(path) for path in (ready.words, *opened, *written)] == [0o600] * 5
    assert mode(ready.backups / "keys") == 0o700
    assert [path.name for path in written if path.name.startswith(".")] == []


def test_a_sealed_backup_shows_nothing_of_its_rows(ready, opened, filled):
    content, _totals = written(filled)
    (sealed,) = ready.backups.glob("*.backup")
    sealed = sealed.read_bytes()
    for word in (b"caseworker", b"received", b"centre-lead", b"report_id"):
        assert word in content
        assert word not in sealed


def test_a_key_is_words_and_a_public_part(ready):
    seed = recovery_words.seed(ready.words.read_text(encoding="ascii"))
    public = b64u_decode(ready.public.read_text(encoding="ascii").strip(), "public_key")
    assert recipient_key.from_seed(seed).public_key == public
    before = ready.words.read_bytes(), ready.public.read_bytes()
    code, output = ready.make_key()
    assert (code, "is there already" in output) == (1, True)
    assert (ready.words.read_bytes(), ready.public.read_bytes()) == before
    assert ready.words.read_text(encoding="ascii").split()[0] not in output.split()


def test_the_words_can_be_typed(ready, opened):
    (sealed,) = ready.backups.glob("*.backup")
    typed = " ".join(ready.words.read_text(encoding="ascii").upper().split())
    to = ready.directory / "by hand"
    code, output = ready.client("open-backup", sealed, "--to", to, typed=typed + "\n")
    assert (code, to.read_bytes()) == (0, (ready.directory / "opened").read_bytes())
    assert typed.split()[0].lower() not in output.lower().split()


def test_settings_stand_in_for_options(ready):
    code, output = ready.portal(
        "backup", "--quiet", backup_directory=str(ready.backups), backup_recipient=str(ready.public)
    )
    assert code == 0, output
    assert re.fullmatch(rf"{NAME.pattern}: {HASH.pattern}\n", output)
    for missing in ({"backup_directory": str(ready.backups)}, {"backup_recipient": str(ready.public)}):
        code, output = ready.portal("backup", **missing)
        assert (code, "ONESTOP_BACKUP_" in output) == (2, True)


def test_the_newest_are_kept(ready, monkeypatch):
    for day in range(1, 6):
        monkeypatch.setattr(backup_command, "datetime", at(datetime(2026, 11, day, 3, 0, tzinfo=UTC)))
        assert ready.back_up("--keep", "3")[0] == 0
    (ready.backups / "notes.txt").write_text("not a backup", encoding="ascii")
    assert sorted(path.name for path in ready.backups.iterdir()) == [
        "keys",
        "notes.txt",
        *(f"onestop-2026110{day}T030000Z.backup" for day in (3, 4, 5)),
    ]
    newest = backup.newest(ready.backups)
    assert (newest.made_at, newest.path.name) == (
        datetime(2026, 11, 5, 3, 0, tzinfo=UTC),
        "onestop-20261105T030000Z.backup",
    )
    code, output = ready.back_up()
    assert (code, "this very second" in output) == (1, True)


def at(moment):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return Stopped


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "backup.pub: No such file"),
        (b"", "holds no public key"),
        (b"\xff\xfe", "holds no public key"),
        (b64u_encode(bytes(1216)).encode(), "holds no public key"),
        (b"abandon " * 24, "holds no public key"),
    ],
)
def test_a_recipient_that_is_none(ready, content, why):
    ready.public.unlink()
    if content is not None:
        ready.public.write_bytes(content)
    code, output = ready.back_up()
    assert (code, why in output, output.count("\n")) == (1, True, 1), output
    assert [path for path in ready.backups.rglob("*") if path.is_file()] == []


def test_nowhere_to_write(ready):
    code, output = ready.portal("backup", "--to", ready.directory / "no such", "--recipient", ready.public)
    assert (code, "no such: No such file or directory" in output) == (1, True), output


def test_a_portal_that_was_never_set_up(commands, engine):
    commands.make_key()
    code, output = commands.back_up()
    assert (code, "there is no portal yet" in output) == (1, True), output
    assert list(commands.backups.iterdir()) == []


def test_a_schema_of_another_release(ready, filled):
    with filled.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001_report'")
    code, output = ready.back_up()
    assert (code, "0001_report" in output, "flask migrate" in output) == (1, True, True), output


def test_a_database_that_is_away(ready, tmp_path):
    code, output = ready.portal(
        "backup", "--to", ready.backups, "--recipient", ready.public, database_url=url_of(tmp_path / "no" / "such")
    )
    assert (code, "the database does not answer" in output) == (1, True), output


def test_two_at_once(ready):
    descriptor = os.open(ready.backups, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    code, output = ready.back_up()
    os.close(descriptor)
    assert (code, "another backup is being made" in output) == (1, True), output
    assert ready.back_up()[0] == 0


def test_what_a_killed_backup_left_is_cleared_away(ready):
    left = ready.backups / ".onestop-20261101T030000Z.backup.0a0b0c0d.part"
    left.write_bytes(b"half")
    assert backup.newest(ready.backups) is None
    assert ready.back_up()[0] == 0
    assert not left.exists()


def test_a_full_disk_leaves_nothing(ready, monkeypatch):
    monkeypatch.setattr(whole_file.os, "fsync", full)
    code, output = ready.back_up()
    assert (code, "No space left on device" in output, output.count("\n")) == (1, True, 1), output
    assert [path for path in ready.backups.rglob("*") if path.is_file()] == []


def full(_descriptor):
    raise OSError(28, "No space left on device")


def test_help_says_what_a_timer_needs(commands):
    code, output = commands.portal("backup", "--help")
    assert code == 0
    for word in ("--to", "--recipient", "--keep", "--quiet", "ONESTOP_BACKUP_DIRECTORY", "ONESTOP_BACKUP_RECIPIENT"):
        assert word in output
    assert "backup" in commands.portal("--help")[1]
    assert dataclasses.asdict(commands.settings)["backup_directory"] == ""
