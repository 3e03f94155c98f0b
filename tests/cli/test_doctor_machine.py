"""What the doctor sees on the machine: files, disks, backups, shared counts."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.cli.examining import backed_up, examine, in_order, place, verdict
from tests.databases import copy_database

__all__ = ["examine", "in_order", "place"]


@pytest.fixture
def database_url(sqlite_file, tmp_path):
    """Whatever the database: the machine is the same."""
    copy_database(sqlite_file, tmp_path / "onestop.db")
    return f"sqlite:///{tmp_path / 'onestop.db'}"


@pytest.mark.parametrize(("mode", "said"), [(0o400, "ok"), (0o440, "ok"), (0o444, "wrong"), (0o420, "wrong")])
def test_who_may_read_the_secret(examine, in_order, place, mode, said):
    (place / "secret").chmod(mode)
    assert verdict(examine()[1]["secret"]) == said


def test_a_secret_in_the_environment_or_nowhere(examine, in_order, place):
    assert verdict(examine(secret=False)[1]["secret"]) == "note"
    (place / "secret").unlink()
    assert "No such file" in examine()[1]["secret"]


def test_a_database_that_others_may_read(examine, in_order, settings):
    url = make_url(settings.database_url)
    Path(url.database).chmod(0o644)
    code, lines = examine()
    assert code == 1
    assert f"chmod 600 {url.database}" in lines["database-files"]


def test_an_asset_cache_that_others_may_change_or_nobody_can(examine, in_order, place, settings):
    cache = place / "assets"
    shutil.copytree(settings.asset_cache, cache)
    cache.chmod(0o777)
    assert f"chmod 755 {cache}" in examine(asset_cache=str(cache))[1]["asset-cache"]
    (place / "file").write_text("")
    assert verdict(examine(asset_cache=str(place / "file"))[1]["asset-cache"]) == "note"


def test_a_file_that_is_somebody_elses(examine, in_order, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert "chown" in examine()[1]["asset-cache"]


def test_a_full_disk(examine, in_order, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _place: type("Usage", (), {"free": 300 << 20}))
    code, lines = examine()
    assert code == 1
    assert "300 MiB" in lines["disk"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"backup_directory": ""}, "ONESTOP_BACKUP_DIRECTORY"),
        ({"backup_recipient": "/no/such/key"}, "No such file"),
    ],
)
def test_backups_that_cannot_be_made(examine, in_order, changes, said):
    code, lines = examine(**changes)
    assert code == 1
    assert said in lines["backups"]


def test_backups_that_are_old_none_or_for_no_key(examine, in_order, place):
    for path in (place / "backups").iterdir():
        path.unlink()
    assert "none is in" in examine()[1]["backups"]
    backed_up(place, timedelta(days=4))
    assert "4 days old" in examine()[1]["backups"]
    (place / "backup.pub").write_text("내 열쇠")
    assert "no public key" in examine()[1]["backups"]


def test_shared_counts_that_are_away(examine, in_order):
    code, lines = examine(limits_storage="redis://127.0.0.1:1/0")
    assert code == 1
    assert "does not answer" in lines["limits"]


def test_translations_that_are_not_compiled(examine, in_order, place, monkeypatch):
    (place / "xx" / "LC_MESSAGES").mkdir(parents=True)
    (place / "xx" / "LC_MESSAGES" / "messages.po").write_text("")
    monkeypatch.setattr("app.cli.doctor_machine.CATALOGUES", place)
    assert "not compiled: xx" in examine()[1]["translations"]
