"""What the doctor sees in the database, and that it sees each fault."""

from datetime import UTC, datetime, timedelta

from app.db import engine_for, migrate
from app.models import Portal, Tick
from app.services import organisation
from tests.cli.examining import examine, in_order, place, ticked, verdict

__all__ = ["examine", "in_order", "place"]
MINUTES = timedelta(minutes=1)


def test_a_portal_in_order(examine, in_order):
    code, lines = examine()
    assert code == 0, lines
    assert {name for name, line in lines.items() if verdict(line) == "wrong"} == set()
    assert {name for name, line in lines.items() if verdict(line) == "note"} == {
        "mail", "limits", "security.txt", "headers", "static", "address",
    }  # fmt: skip


def test_mail_and_a_single_worker_are_well(examine, in_order):
    _code, lines = examine("--workers", "1", smtp_host="mail.example", mail_from="portal@mail.example")
    assert (verdict(lines["mail"]), verdict(lines["limits"])) == ("ok", "ok")


def test_a_portal_that_was_never_set_up(examine):
    code, lines = examine()
    assert code == 1
    assert "flask setup" in lines["portal"]
    assert "never" in lines["tick"]


def test_a_demo_is_told_of_and_needs_no_timer(examine, session, in_order):
    session.query(Portal).update({"demo": True})
    session.query(Tick).delete()
    session.commit()
    code, lines = examine()
    assert (code, verdict(lines["portal"]), verdict(lines["tick"])) == (0, "note", "note")


def test_a_portal_where_nobody_can_receive(examine, make):
    make.portal()
    assert "nobody can receive" in examine()[1]["keys"]


def test_an_organisation_without_keys(examine, session, in_order):
    organisation.create(
        session, slug="busan", kind="police", name_ko="부산", name_en="Busan", region="busan", now=datetime.now(UTC)
    )
    code, lines = examine()
    assert (code, verdict(lines["keys"]), "busan" in lines["keys"]) == (0, "note", True)


def test_an_old_schema(examine, settings):
    engine = engine_for(settings.database_url)
    migrate(engine, "base")
    try:
        code, lines = examine()
        assert code == 1
        assert "flask migrate" in lines["schema"]
    finally:
        migrate(engine)
        engine.dispose()


def test_a_database_that_is_away(examine, tmp_path):
    code, lines = examine(database_url=f"sqlite:///{tmp_path / 'no' / 'such' / 'place.db'}")
    assert code == 1
    assert "does not answer" in lines["schema"]


def test_a_tick_that_is_late(examine, session, in_order):
    ticked(session, 40 * MINUTES)
    code, lines = examine()
    assert code == 1
    assert "onestop-tick.timer" in lines["tick"]
    assert verdict(lines["clock"]) == "ok"


def test_a_clock_that_went_back(examine, session, in_order):
    ticked(session, -90 * MINUTES)
    code, lines = examine()
    assert code == 1
    assert "timedatectl" in lines["clock"]


def test_no_operator(examine, in_order):
    assert verdict(examine(operator_ko="")[1]["operator"]) == "wrong"


def test_a_database_that_would_forget(examine, make, settings):
    make.organisation()
    line = examine()[1]["durability"]
    if settings.database_url.startswith("sqlite"):
        assert verdict(line) == "ok"
    else:  # the tests' own server waits for no disk
        assert "fsync" in line
