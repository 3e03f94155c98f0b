"""The first organisation of a portal, and what belongs on paper."""

import re

from app.crypto import opening, recipient_key
from app.domain.keyring_content import parse_keyring
from app.domain.recovery_words import seed
from app.models import KeyringCopy, Organisation, Portal

SET_UP = (  # noqa: SIM905 - reads like the command line
    "setup --slug seoul --kind support_centre --name-ko 서울센터 --name-en Seoul-Centre --login lead"
    " --passphrase four-plain-words-here"
).split()


def test_the_portal_can_receive_letters(app, session):
    ran = app.test_cli_runner().invoke(args=SET_UP)
    assert ran.exit_code == 0, ran.output
    assert session.query(Portal).one().demo is False
    directory = app.test_client().get("/api/v1/directory").get_json()
    assert [one["slug"] for one in directory["organisations"]] == ["seoul"]
    assert directory["organisations"][0]["fingerprint"] in ran.output


def test_the_printed_words_open_the_ring(app, session):
    printed = app.test_cli_runner().invoke(args=SET_UP).output
    recovery = seed(" ".join(re.findall(r"\d+ ([a-z]{3,8})\b", printed)))
    copy = session.query(KeyringCopy).filter_by(purpose="recovery").one()
    assert recipient_key.from_seed(recovery).kid == copy.kid
    portal_id = session.query(Portal).one().portal_id
    ring = parse_keyring(opening.open_recovery(recovery, portal_id, "seoul", copy.seq, copy.sealed))
    assert ring["epochs"][0]["seed"] is not None


def test_a_second_set_up_is_refused(app, session):
    app.test_cli_runner().invoke(args=SET_UP)
    again = app.test_cli_runner().invoke(args=[word.replace("seoul", "busan") for word in SET_UP])
    assert again.exit_code == 1
    assert session.query(Organisation).count() == 1


def test_a_short_passphrase_is_refused_before_anything_is_made(app, session):
    ran = app.test_cli_runner().invoke(args=[*SET_UP[:-1], "short"])
    assert ran.exit_code == 1
    assert session.query(Portal).count() == 0
