"""Backups and the store of shred keys: kept apart, only its newest copy, and no way back for what was destroyed."""

import pytest
from sqlalchemy import select

from app.db import engine_for, session_for
from app.models import Referral, Report
from app.services import backup, shred_backup, shred_setup
from app.services.shred_store import store_of
from tests.backup.conftest import url_of
from tests.databases import on_one
from tests.making import NOW
from tests.services.shredded import Shredded


@pytest.fixture
def whole(session, make, commands):
    assert commands.make_key()[0] == 0
    return Shredded(session, make)


def made(commands, name):
    """A backup and the copy of the store that was made with it, opened as `name` and `name`.keys."""
    for old in commands.backups.glob("*.backup"):
        old.unlink()
    assert commands.back_up()[0] == 0
    assert commands.open(name=name)[0] == 0
    assert commands.open_keys(f"{name}.keys")[0] == 0


def reports_in(url):
    engine = engine_for(url)
    with session_for(engine) as session:
        found = {one: len(session.scalars(select(one)).all()) for one in (Report, Referral)}
        living = session.scalars(select(Referral.state).where(Referral.state != "destroyed")).all()
    engine.dispose()
    return found[Report], len(living)


def test_an_older_backup_does_not_bring_back_what_was_destroyed_since(whole, commands, make, tmp_path):
    make.report(whole.centre)
    made(commands, "older")
    keys = list(whole.keys().values())
    whole.withdraw()
    made(commands, "newer")
    assert all(key in (tmp_path / "older.keys").read_bytes() for key in keys)
    newer = (tmp_path / "newer.keys").read_bytes()
    assert sum(key in newer for key in keys) == len(keys) - 3, "its own, the letter's, and that of the one onward"
    code, output = commands.restore(url_of(tmp_path), "older", "newer.keys")
    assert code == 0, output
    assert "2 referrals and 1 reports were destroyed since, and stay destroyed" in output
    assert reports_in(url_of(tmp_path)) == (1, 1)
    engine = engine_for(url_of(tmp_path))
    assert shred_setup.trouble(engine) == ""
    engine.dispose()
    stored = (tmp_path / "older").read_bytes()
    assert not any(sent in stored for sent in whole.sent.values()), "nor can it be read out of the backup itself"


def test_the_ordinary_backup_has_no_key_and_the_copy_no_row(whole, commands, tmp_path):
    made(commands, "opened")
    keys, rows = list(whole.keys().values()), whole.stored()
    backed_up, copy = (tmp_path / "opened").read_bytes(), (tmp_path / "opened.keys").read_bytes()
    assert [key in backed_up for key in keys] == [False] * len(keys)
    assert [key in copy for key in keys] == [True] * len(keys)
    assert [row in copy for row in rows] == [False] * len(rows)


@on_one
def test_only_the_newest_copy_is_there(whole, commands):
    for _time in range(2):
        made(commands, "opened")
        (commands.directory / "opened").unlink()
        (commands.directory / "opened.keys").unlink()
    assert [path.name for path in (commands.backups / "keys").iterdir()] == ["onestop.shred"]


@on_one
def test_a_tick_renews_the_copy_after_a_destruction_and_only_then(whole, commands, tmp_path):
    made(commands, "older")
    beside = {"backup_directory": str(commands.backups), "backup_recipient": str(commands.public)}
    copy = commands.backups / shred_backup.PLACE
    assert commands.portal("tick", **beside)[0] == 0
    before = copy.read_bytes()
    assert commands.portal("tick", **beside)[0] == 0
    assert copy.read_bytes() == before
    whole.withdraw()
    assert commands.portal("tick", **beside) == (0, "")
    assert copy.read_bytes() != before
    assert commands.open_keys("renewed")[0] == 0
    code, output = commands.restore(url_of(tmp_path), "older", "renewed")
    assert (code, "stay destroyed" in output) == (0, True), output


@on_one
def test_without_the_keys_nothing_is_restored(whole, commands, tmp_path):
    made(commands, "opened")
    code, output = commands.restore(url_of(tmp_path))
    assert (code, "--keys" in output, output.count("\n")) == (1, True, 1), output
    assert reports_are_none(url_of(tmp_path))


def reports_are_none(url):
    engine = engine_for(url)
    with engine.connect() as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'report'").scalar_one()
    engine.dispose()
    return there == 0


@on_one
def test_keys_that_are_older_than_the_backup_are_refused(whole, commands, session, make, tmp_path):
    made(commands, "older")
    whole.withdraw()
    made(commands, "newer")
    code, output = commands.restore(url_of(tmp_path), "newer", "older.keys")
    assert (code, "older than the backup" in output, output.count("\n")) == (1, True, 1), output
    assert reports_are_none(url_of(tmp_path))


@on_one
def test_keys_of_another_portal_and_what_are_no_keys_are_refused(whole, commands, tmp_path):
    made(commands, "opened")
    (tmp_path / "elsewhere").mkdir()
    other = engine_for(url_of(tmp_path, "other"))
    shred_setup.prepare(other)
    store_of(other).take(1)
    shred_backup.write(other, tmp_path / "elsewhere", backup.recipient(commands.public), bytes(16), NOW)
    other.dispose()
    assert commands.open(tmp_path / "elsewhere" / shred_backup.PLACE, "other.keys")[0] == 0
    code, output = commands.restore(url_of(tmp_path), "opened", "other.keys")
    assert (code, "another portal's" in output) == (1, True), output
    code, output = commands.restore(url_of(tmp_path), "opened", "opened")
    assert (code, "no whole copy" in output) == (1, True), output
    half = (tmp_path / "opened.keys").read_bytes()
    (tmp_path / "half.keys").write_bytes(half[:-1])
    code, output = commands.restore(url_of(tmp_path), "opened", "half.keys")
    assert (code, "no whole copy" in output) == (1, True), output


@on_one
def test_a_store_that_is_still_there_and_newer_than_its_copy_stays(whole, commands, engine, tmp_path):
    """The database was lost, and its store was not."""
    made(commands, "opened")
    whole.withdraw()
    generation = store_of(engine).state().generation
    engine.dispose()
    for path in tmp_path.glob("onestop.db*"):
        path.unlink()
    code, output = commands.restore(url_of(tmp_path, "onestop"), "opened", "opened.keys")
    assert (code, "2 referrals and 1 reports were destroyed since" in output) == (0, True), output
    assert store_of(engine).state().generation > generation
    assert reports_in(url_of(tmp_path, "onestop")) == (0, 0)


@on_one
def test_no_backup_is_made_beside_a_store_that_is_missing(whole, commands, engine, tmp_path):
    engine.dispose()
    for path in tmp_path.glob("onestop.shred.db*"):
        path.unlink()
    code, output = commands.back_up()
    assert (code, "the store of shred keys is missing" in output, output.count("\n")) == (1, True, 1), output
    assert list(commands.backups.rglob("*.backup")) == []
