"""The first organisation of a portal, and what belongs on paper."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest

from app import create_app
from app.cli import setup
from app.crypto import caseworker_key, opening, recipient_key
from app.domain.keyring_content import parse_keyring
from app.domain.recovery_words import seed
from app.domain.wire import b64u_decode
from app.errors import NotFound
from app.models import Caseworker, KeyringCopy, Organisation, Portal, StaffSession
from app.services import invitation, operator
from app.services import session as staff_session
from app.services.organisation import Name

SET_UP = (  # noqa: SIM905 - reads like the command line
    "setup --at-once --slug seoul --kind support_centre --name-ko 서울센터 --name-en Seoul-Centre --region seoul"
    " --login lead --words-kept --passphrase four-plain-words-here"
).split()
PASSPHRASE = "four plain words here"
CONTACT = "mailto:security@portal.example"


def run(app, *arguments, **options):
    return app.test_cli_runner().invoke(args=arguments, **options)


def test_the_portal_can_receive_letters(app, session):
    ran = run(app, *SET_UP)
    assert ran.exit_code == 0, ran.output
    assert session.query(Portal).one().demo is False
    directory = app.test_client().get("/api/v1/directory").get_json()
    assert [one["slug"] for one in directory["organisations"]] == ["seoul"]
    assert directory["organisations"][0]["fingerprint"] in ran.output


def printed_words(output):
    return re.findall(r"\b\d+ ([a-z]{3,8})\b", output.partition("Recovery words")[2])[:24]


def test_the_printed_words_open_the_ring(app, session):
    recovery = seed(" ".join(printed_words(run(app, *SET_UP).output)))
    copy = session.query(KeyringCopy).filter_by(purpose="recovery").one()
    assert recipient_key.from_seed(recovery).kid == copy.kid
    portal_id = session.query(Portal).one().portal_id
    ring = parse_keyring(opening.open_recovery(recovery, portal_id, "seoul", copy.seq, copy.sealed))
    assert ring["epochs"][0]["seed"] is not None


def test_a_second_set_up_is_refused_before_anything_is_asked(app, session):
    run(app, *SET_UP)
    again = run(app, "setup")
    assert (again.exit_code, "set up already" in again.output, "Kind" in again.output) == (1, True, False)
    assert session.query(Organisation).filter(Organisation.kind != "operator").count() == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--passphrase", "short"),
        ("--slug", "Seoul!"),
        ("--login", "이름"),
        ("--name-ko", " "),
        ("--kind", "bank"),
        ("--operator", "운영"),
        ("--operator", "lead"),
    ],
)
def test_what_will_not_do_is_refused_before_anything_is_made(app, session, option, value):
    ran = run(app, *SET_UP, option, value)
    assert ran.exit_code in {1, 2}
    assert session.query(Portal).count() == 0


@pytest.fixture
def word(monkeypatch):
    """The word that is asked for is always the first one."""
    monkeypatch.setattr(setup.secrets, "randbelow", lambda _count: 0)
    pairs = []
    generate = recipient_key.generate
    monkeypatch.setattr(setup.recipient_key, "generate", lambda: pairs.append(generate()) or pairs[-1])

    class Paper:
        def __str__(self):
            return setup.words(pairs[0].seed)[0]

    return Paper()


def test_everything_is_asked_for_and_sensible_answers_are_offered(app, session, word, monkeypatch):
    asked = []
    said = ["", "", "책임자 02-000-0000", "Officer", "", "", "없음", ' "Nobody" $x', ""]
    given = iter(["", "서울센터", "Seoul Centre", "", "", *said, CONTACT, "", PASSPHRASE, "wrong", word])

    def prompt(question, default=None, value_proc=None, **_options):
        asked.append((question, default))
        answer = str(next(given)) or default
        return value_proc(answer) if value_proc else answer

    monkeypatch.setattr(setup.click, "prompt", prompt)
    ran = run(app, "setup", "--at-once")
    assert ran.exit_code == 0, ran.output
    assert [default for _question, default in asked[:5] + asked[14:16]] == [
        "support_centre", None, None, "seoul-centre", "undisclosed", "", "lead",
    ]  # fmt: skip
    assert re.findall(r"^  (ONESTOP_\w+=.*)$", ran.output, re.MULTILINE) == [
        f"ONESTOP_SECURITY_CONTACT={CONTACT}",
        'ONESTOP_PRIVACY_OFFICER_KO="책임자 02-000-0000"',
        'ONESTOP_PRIVACY_OFFICER_EN="Officer"',
        'ONESTOP_PROCESSORS_KO="없음"',
        'ONESTOP_PROCESSORS_EN="Nobody x"',
    ]
    assert all(re.search("[가-힣]", question) for question, _default in asked)
    assert session.query(Organisation).filter_by(slug="seoul-centre").count() == 1
    assert dict(session.query(Caseworker.login, Caseworker.role)) == {"lead": "lead", "operator": "operator"}
    assert PASSPHRASE not in ran.output
    assert f"ONESTOP_SECURITY_CONTACT={CONTACT}" in ran.output


def test_a_passphrase_of_words_is_made_for_who_gives_none(app, session):
    asking = [word for word in SET_UP if word not in {"--passphrase", "four-plain-words-here"}]
    ran = run(app, *asking, input="\n\n")
    assert ran.exit_code == 0, ran.output
    assert re.search(r"^  ([a-z]+ ){5}[a-z]+$", ran.output, re.MULTILINE)


@pytest.mark.parametrize("answers", [["wrong"] * 3, []])
def test_without_the_word_from_the_paper_nothing_is_made(app, session, answers):
    asking = [word for word in SET_UP if word != "--words-kept"]
    ran = run(app, *asking, input="".join(f"{answer}\n" for answer in answers))
    assert ran.exit_code == 1
    assert "Recovery words" in ran.output
    assert session.query(Portal).count() == session.query(Organisation).count() == 0


@pytest.mark.parametrize("last", ["_enrol", "_copies", "_put_in_force"])
def test_an_interruption_leaves_nothing(app, session, monkeypatch, last):
    """Wherever it comes: neither a portal without an organisation, nor an organisation without keys."""

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(f"app.cli.ceremony.{last}", interrupt)
        assert run(app, *SET_UP).exit_code == 1
    for model in (Portal, Organisation, Caseworker, KeyringCopy):
        assert session.query(model).count() == 0
    session.rollback()
    assert run(app, *SET_UP).exit_code == 0


def test_a_database_without_tables_is_told_of(settings, tmp_path):
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.db'}"))
    ran = run(app, *SET_UP)
    assert (ran.exit_code, "flask migrate" in ran.output) == (1, True)
    app.extensions["onestop_engine"].dispose()


def test_without_the_lead_there_an_invitation_is_printed_and_the_operator_can_sign_in(app, session):
    words = [word for word in SET_UP if word not in {"--at-once", "--words-kept"}]
    cut = words.index("--login")
    astray = run(app, *words[: cut + 2])
    assert (astray.exit_code, "--at-once" in astray.output, session.query(Portal).count()) == (2, True, 0)
    session.rollback()
    ran = run(app, *words[:cut])
    assert ran.exit_code == 0, ran.output
    person = session.query(Caseworker).one()
    assert (person.login, person.role) == ("operator", "operator")
    assert session.query(KeyringCopy).count() == 0
    portal_id = session.query(Portal).one().portal_id
    passphrase = re.search(r"^  ((?:[a-z]+ ){6}[a-z]+)$", ran.output, re.MULTILINE)[1]
    root = caseworker_key.root(passphrase, portal_id, "operator")
    assert caseworker_key.sign_in_hash(caseworker_key.sign_in_key(root)) == person.sign_in_hash
    session.rollback()
    secret = b64u_decode(re.search(r"/invitation#([\w-]+)", ran.output)[1], "secret", 32)
    seen = invitation.look(session, secret, datetime.now(UTC))
    assert (seen.organisation.slug, seen.role, seen.first) == ("seoul", "lead", True)


def test_an_operator_more_is_made_and_only_where_there_is_a_portal(app, session):
    assert run(app, "operator").exit_code == 1
    run(app, *SET_UP)
    ran = run(app, "operator", "--login", "second")
    assert ran.exit_code == 0, ran.output
    assert session.query(Caseworker).filter_by(login="second").one().role == "operator"
    session.rollback()
    for taken in ("second", "Second"):
        assert run(app, "operator", "--login", taken).exit_code == 1


def test_an_operator_is_ended_with_sessions_and_invitations_and_nobody_else(app, session, make):
    run(app, *SET_UP)
    chief = session.query(Caseworker).filter_by(login="operator").one()
    _cookie, signed_in = staff_session.start(session, chief.caseworker_id, datetime.now(UTC))
    operator.add(session, signed_in, "busan", kind="police", name=Name("부산", "Busan"), region="busan", now=make.now)
    secret = b64u_decode(operator.invite_first_lead(session, signed_in, "busan", datetime.now(UTC)), "secret", 32)
    for nobody in ("lead", "stranger"):
        assert run(app, "operator", "--login", nobody, "--end").exit_code == 1
    assert run(app, "operator", "--end").exit_code == 0
    session.expire_all()
    left = {one.login: one.left_at is not None for one in session.query(Caseworker)}
    assert left == {"operator": True, "lead": False}
    (ended,) = session.query(StaffSession).all()
    assert (ended.session_half, ended.device, ended.factor) == (b"", "", ""), "it lets nobody in, and can say why"
    session.rollback()
    with pytest.raises(NotFound):
        invitation.look(session, secret, datetime.now(UTC))
    assert run(app, "operator", "--end").exit_code == 1
