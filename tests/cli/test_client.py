"""The command-line client checks a directory and opens a letter, without any portal."""

import json
import secrets

import pytest
from click.testing import CliRunner

from app.client.__main__ import main
from app.crypto import recipient_key
from app.crypto.envelope import seal_letter
from app.domain.wire import b64u_encode as b64u


@pytest.fixture
def directory(make, client):
    make.organisation("centre")
    return client.get("/api/v1/directory").get_json()


def run(tmp_path, value, *arguments):
    path = tmp_path / "given.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return CliRunner().invoke(main, [arguments[0], str(path), *arguments[1:]])


def test_a_directory_in_order_gives_its_fingerprints(directory, tmp_path):
    ran = run(tmp_path, directory, "verify")
    assert ran.exit_code == 0
    assert ran.output == f"{directory['organisations'][0]['fingerprint']}  centre\n"


def test_a_swapped_key_is_refused(directory, tmp_path):
    directory["organisations"][0]["public_key"] = b64u(recipient_key.generate().public_key)
    ran = run(tmp_path, directory, "verify")
    assert ran.exit_code == 1
    assert "does not hold" in ran.output


def test_a_letter_is_opened_with_its_seed_and_no_other(tmp_path):
    keys, portal_id, report_id = recipient_key.generate(), secrets.token_bytes(16), secrets.token_bytes(16)
    sealed = seal_letter(keys.public_key, portal_id, report_id, keys.kid, "browser", '{"말":1}'.encode())
    answer = {"report_id": b64u(report_id), "sealed_by": "browser", "sealed": b64u(sealed)}
    seed = tmp_path / "seed"
    for used, code in ((keys, 0), (recipient_key.generate(), 1)):
        seed.write_text(b64u(used.seed), encoding="ascii")
        ran = run(tmp_path, answer, "open", "--portal-id", b64u(portal_id), "--seed", str(seed))
        assert ran.exit_code == code
        assert ('{"말":1}' in ran.output) == (code == 0)
