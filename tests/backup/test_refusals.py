"""What is no backup, half a backup, or somebody else's is neither opened nor restored; nothing is left of the try."""

import pytest

from app.cli import restore
from app.crypto import recipient_key
from app.db import engine_for, migrate, session_for
from app.domain import recovery_words
from app.domain.wire import b64u_decode
from app.services import backup
from tests.backup.conftest import rows_of, url_of, written
from tests.databases import on_one
from tests.making import Maker

pytestmark = on_one


def spoilt(kind, sealed):
    chunk = 65536 + 16
    first = 1218
    return {
        "cut": sealed[:-1],
        "flipped": sealed[:-100] + bytes([sealed[-100] ^ 1]) + sealed[-99:],
        "longer": sealed + b"\x00",
        "another file": b"%PDF-1.7" + sealed,
        "header alone": sealed[:first],
        "empty": b"",
        "a chunk missing": sealed[:first] + sealed[first + chunk :],
    }[kind]


def test_opening_writes_over_nothing(ready, opened):
    before = (ready.directory / "opened").read_bytes()
    code, output = ready.open()
    assert (code, "is there already" in output) == (1, True)
    assert (ready.directory / "opened").read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("cut", "damaged"),
        ("flipped", "damaged"),
        ("longer", "damaged"),
        ("header alone", "damaged"),
        ("a chunk missing", "damaged"),
        ("another file", "no backup"),
        ("empty", "no backup"),
    ],
)
def test_a_backup_that_is_not_as_it_was_sealed_gives_no_file(ready, kind, why):
    assert ready.back_up()[0] == 0
    (sealed,) = ready.backups.glob("*.backup")
    sealed.write_bytes(spoilt(kind, sealed.read_bytes()))
    code, output = ready.open(sealed)
    assert (code, why in output, output.count("\n")) == (1, True, 1), output
    assert [path.name for path in ready.directory.iterdir() if "opened" in path.name] == []


def test_another_key_opens_nothing(ready):
    assert ready.back_up()[0] == 0
    other = " ".join(recovery_words.words(recipient_key.generate().seed))
    for words, why in ((other, "another key"), (other.replace(" ", "", 1), "24 words")):
        ready.words.write_text(words, encoding="ascii")
        code, output = ready.open()
        assert (code, why in output) == (1, True), output
        assert not (ready.directory / "opened").exists()


def test_a_sealed_half_is_half_a_backup(ready, filled):
    """Cut off before it was sealed: each chunk opens, and the end of the records is not there."""
    content, _totals = written(filled)
    pieces = []
    public_key = b64u_decode(ready.public.read_text(encoding="ascii").strip(), "public_key")
    sealed = backup.SealedBackup(pieces.append, public_key, bytes(16))
    sealed.write(content[:-1])
    sealed.close()
    path = ready.directory / "half.backup"
    path.write_bytes(b"".join(pieces))
    code, output = ready.open(path)
    assert (code, "half a backup" in output) == (1, True), output
    assert not (ready.directory / "opened").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda content: content[:-1], "half a backup"),
        (lambda content: content[: len(content) // 2], "half a backup"),
        (lambda content: content[:0], "half a backup"),
        (lambda content: content + b"\x00", "damaged"),
        (lambda content: content.replace(b"centre-lead", b"centre-load"), "damaged"),
        (lambda content: b"onestop/v1 backup\n" + content, "damaged"),
    ],
)
def test_restoring_refuses_half_a_backup(ready, opened, tmp_path, change, why):
    path = ready.directory / "opened"
    path.write_bytes(change(path.read_bytes()))
    code, output = ready.restore(url_of(tmp_path))
    assert (code, "nothing was restored" in output, why in output, output.count("\n")) == (1, True, True, 1), output
    assert not (tmp_path / "restored.db").exists() or (tmp_path / "restored.db").stat().st_size == 0


def test_restoring_refuses_what_is_not_empty(ready, opened, filled, settings):
    before = rows_of(filled)
    code, output = ready.restore(settings.database_url)
    assert (code, "has rows" in output) == (1, True), output
    assert rows_of(filled) == before


def test_rows_that_come_in_between_stay_alone(ready, opened, tmp_path, monkeypatch):
    """Somebody else set the portal up after the first look."""
    url, prepare = url_of(tmp_path), restore._prepare

    def and_then_somebody(head):
        prepare(head)
        engine = engine_for(url)
        with session_for(engine) as session:
            Maker(session).portal()
        engine.dispose()

    monkeypatch.setattr(restore, "_prepare", and_then_somebody)
    code, output = ready.restore(url)
    assert (code, "has rows" in output) == (1, True), output
    engine = engine_for(url)
    assert [name for name, rows in rows_of(engine).items() if rows] == ["portal"]
    engine.dispose()


def test_a_backup_of_a_newer_release(ready, filled, tmp_path):
    content, _totals = written(filled, "9999_later")
    (ready.directory / "opened").write_bytes(content)
    code, output = ready.restore(url_of(tmp_path))
    assert (code, "9999_later" in output, "use a newer one" in output) == (1, True, True), output


def test_restoring_where_the_database_refuses(ready, opened, tmp_path):
    engine = engine_for(url_of(tmp_path))
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER no BEFORE INSERT ON referral BEGIN SELECT RAISE(ABORT, 'no'); END")
    code, output = ready.restore(url_of(tmp_path))
    assert (code, "the database refused it" in output) == (1, True), output
    assert not any(rows_of(engine).values())
    engine.dispose()
