"""The drill: back up under load, lose everything, restore into an empty database, of either kind, and serve on.

Nobody is told to write a report again: what was acknowledged before the backup began is there, whole; its caseworker
signs in and opens it; its reporter comes back with the code.
"""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from app.cli.ceremony import Description, Person, found
from app.client import canary
from app.client.__main__ import main
from app.client.portal_front import Front
from app.crypto.epoch_chain import verify_directory
from app.crypto.report import Choice, seal_report
from app.db import engine_for, session_for
from app.domain import receipt_code
from app.domain.empty_letter import empty_letter
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.services import portal as portals
from tests.durability.kept import complaints
from tests.durability.sending import Senders, expected_of
from tests.durability.serving import NO_LIMITS

pytestmark = pytest.mark.slow

PASSPHRASE = "words that only she knows"
STORY = "퇴근길에 친구가 알려 주었어요"
BEFORE, MEANWHILE = 120, 40


def database(kind, request, directory):
    if kind == "sqlite":
        return f"sqlite:///{directory / secrets.token_hex(4)}.db"
    return request.getfixturevalue("durable_postgres").database()


def destroy(url):
    """Every table, as if the disk had gone."""
    engine = engine_for(url)
    if engine.dialect.name == "sqlite":
        engine.dispose()
        file = Path(url.removeprefix("sqlite:///"))
        for one in file.parent.glob(f"{file.stem}.*"):
            one.unlink()
    else:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public, shred CASCADE"))
        engine.dispose()


def people(url):
    """An organisation whose caseworker has a passphrase; the account as `app.client` reads it."""
    engine = engine_for(url)
    with session_for(engine) as session:
        portal_id = portals.current(session).portal_id
        session.rollback()
        person = Person("counsellor", "caseworker", PASSPHRASE)
        description = Description("counselling", "support_centre", "상담소", "Counselling", "seoul")
        made = found(session, portal_id, description, [person], datetime.now(UTC))
    engine.dispose()
    return canary.Account("counselling", person.login, PASSPHRASE, made.fingerprint)


def report_by(front, account):
    """A report with words in it, sealed as a browser does, sent and acknowledged."""
    directory = verify_directory(front.get("/api/v1/directory"))
    portal_id = b64u_decode(directory["portal_id"], "portal_id", 16)
    (organisation,) = [one for one in directory["organisations"] if one["slug"] == account.slug]
    report_id, code = secrets.token_bytes(16), receipt_code.generate()
    letter = {**empty_letter(report_id), "account": {"text": STORY}}
    choice = Choice(organisation, {"purposes": ["counselling"], "pass_on": []}, ["account"])
    sealed = seal_report(portal_id, code, letter, [choice])
    front.post("/report", sealed.body, 201)
    kid = b64u_decode(organisation["kid"], "kid", 16)
    return canary.Sent(portal_id, report_id, kid, code, sealed, sealed.letters[account.slug])


def client(*arguments):
    ran = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert ran.exit_code == 0, ran.output
    return ran.output


def check_whole(url, before, after):
    """What was acknowledged before the backup is whole; what came later is whole or not there at all."""
    found_wrong = complaints(url, [*before, *after])
    lost = {line.partition(":")[0] for line in found_wrong if line.endswith("acknowledged, and lost")}
    assert lost.isdisjoint(one.report_id.hex() for one in before)
    assert [line for line in found_wrong if line.partition(":")[0] not in lost] == []
    return len(lost)


def serves_on(portal, account, sent):
    """The same people, the same words and the same code, at the restored portal."""
    assert STORY in sent.letter["account"]["text"]
    front = Front(portal.url)
    token = canonical_json({"token": b64u_encode(sent.sealed.token)})
    back = front.post("/follow-up", token)
    assert back["report"]["state"] == "received"
    assert b64u_decode(back["report"]["own"], "own") == expected_own(sent)
    (referral,) = back["referrals"]
    canary._open(front, account, sent, referral["referral_id"])  # raises where the letter is another
    assert report_by(Front(portal.url), account).report_id != sent.report_id  # new ones are taken


def expected_own(sent):
    return b64u_decode(json.loads(sent.sealed.body)["own"], "own")


@pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql")]
)
def test_drill(request, tmp_path, set_up, source, target):
    url = database(source, request, tmp_path)
    portal, organisations = set_up(url, 2, **NO_LIMITS)
    public, words = tmp_path / "backup.pub", tmp_path / "backup.words"
    client("backup-key", "--public", public, "--private", words)
    (tmp_path / "backups").mkdir()
    account = people(url)
    with portal:
        sent = report_by(Front(portal.url), account)
        with Senders(portal.port, organisations) as senders:
            senders.wait_for_more(BEFORE)
            before = [expected_of(sent.sealed.body), *senders.told.acknowledged]
            printed = portal.flask("backup", "--to", str(tmp_path / "backups"), "--recipient", str(public))
            senders.wait_for_more(MEANWHILE)
    assert senders.told.failures == []
    after = senders.told.acknowledged[len(before) - 1 :]
    assert len(after) >= MEANWHILE
    destroy(url)

    (sealed,) = (tmp_path / "backups").glob("*.backup")
    opened = client("open-backup", sealed, "--key", words, "--to", tmp_path / "opened")
    client("open-backup", tmp_path / "backups/keys/onestop.shred", "--key", words, "--to", tmp_path / "keys")
    restored_url = database(target, request, tmp_path)
    portal.environment["ONESTOP_DATABASE_URL"] = restored_url
    restored = portal.flask("restore", str(tmp_path / "opened"), "--keys", str(tmp_path / "keys"))
    assert len({output.partition("sha256 ")[2] for output in (printed, opened, restored)}) == 1
    lost = check_whole(restored_url, before, after)
    assert lost > 0, "the backup began after everything was sent: this drill shows nothing"
    with portal:
        serves_on(portal, account, sent)
