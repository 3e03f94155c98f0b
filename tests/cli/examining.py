"""A portal as the shipped units make it, and the doctor that looks at it."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app import create_app
from app.crypto import recipient_key
from app.domain.wire import b64u_encode
from app.models import Tick
from tests.making import Maker

# What the privacy policy needs from the operator.
SAID = {
    "operator_ko": "시험 기관",
    "operator_en": "Trial",
    "privacy_officer_ko": "보호책임자 02-000-0000",
    "privacy_officer_en": "Officer, 02-000-0000",
    "hosting_ko": "서울의 시험 서버",
    "hosting_en": "A trial server in Seoul",
    "processors_ko": "없음",
    "processors_en": "None",
    "policy_from": "2026-11-23",
}


@pytest.fixture
def place(tmp_path, settings):
    """Directories and files as the shipped units make them."""
    (tmp_path / "backups").mkdir(mode=0o700)
    (tmp_path / "backup.pub").write_text(b64u_encode(recipient_key.generate().public_key))
    (tmp_path / "secret").write_text(settings.secret_key)
    (tmp_path / "secret").chmod(0o400)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        Path(url.database).chmod(0o600)
    return tmp_path


@pytest.fixture
def examine(settings, place):
    """Run the doctor on a portal with these settings; give its exit code and its lines by name."""
    made = []

    def run(*arguments, secret=True, **changes):
        as_shipped = {
            **SAID,
            "backup_directory": str(place / "backups"),
            "backup_recipient": str(place / "backup.pub"),
        }
        app = create_app(dataclasses.replace(settings, **(as_shipped | changes)))
        made.append(app)
        told = ["--secret-file", str(place / "secret")] if secret else []
        ran = app.test_cli_runner().invoke(args=["doctor", *told, *arguments])
        return ran.exit_code, {line.split()[1].rstrip(":"): line for line in ran.output.splitlines()}

    yield run
    for app in made:
        app.extensions["onestop_engine"].dispose()


def backed_up(place, age):
    moment = datetime.now(UTC) - age
    (place / "backups" / f"onestop-{moment:%Y%m%dT%H%M%SZ}.backup").write_bytes(b"sealed")


def ticked(session, age):
    session.merge(Tick(only_row=1, at=datetime.now(UTC) - age))
    session.commit()


@pytest.fixture
def in_order(session, place, monkeypatch):
    """A portal that nothing is wrong with; but the PostgreSQL of the tests waits for no disk."""
    monkeypatch.setattr("app.cli.doctor_database.WANTED_OF_POSTGRESQL", {})
    organisation = Maker(session, now=datetime.now(UTC) - timedelta(hours=1)).organisation()
    ticked(session, timedelta(minutes=1))
    backed_up(place, timedelta(hours=3))
    return organisation


def verdict(line):
    return line.split()[0]
