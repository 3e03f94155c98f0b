"""Checking a signed list with the command-line client: the real one holds, any other byte is noticed."""

import contextlib
import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from app.client.verify import command
from app.crypto import signed_list
from app.domain.signed_list import list_json
from app.errors import FormatError
from tests.vectors.recipes.signed_lists import signed

SITES, EFFORT, ACCOUNT = (list_json(signed(kind)) for kind in ("sites", "effort", "account"))
MAKER = signed_list.list_signer(SITES)


def verify(tmp_path, content, *options):
    path = tmp_path / "list.json"
    path.write_bytes(content)
    return CliRunner().invoke(command, [str(path), *options])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SITES, "1 sites"),
        (EFFORT, "from 2026-11-01 to 2026-11-30, 1 entries, 15 minutes"),
        (ACCOUNT, "of share.example/bad, 1 letters, 2 left out: no consent"),
    ],
)
def test_the_real_one_holds(tmp_path, content, said):
    ran = verify(tmp_path, content + b"\n", "--fingerprint", MAKER)
    assert ran.exit_code == 0, ran.output
    assert f"{MAKER}  centre-a" in ran.output
    assert said in ran.output
    assert "compare the number" not in ran.output
    assert "compare the number" in verify(tmp_path, content).output


def test_what_is_wrong_is_named(tmp_path):
    whole = signed("sites")
    other = {**whole, "content": {**whole["content"], "rows": []}}
    assert "the signature is not by" in verify(tmp_path, list_json(other)).output
    assert "chain of keys is broken" in verify(tmp_path, list_json({**whole, "chain": whole["chain"][::-1]})).output
    assert "not the one given" in verify(tmp_path, SITES, "--fingerprint", "1" * 30).output
    assert "no signed list" in verify(tmp_path, SITES.replace(b"unregistered", b"forbidden")).output
    directory = tmp_path / "directory.json"
    directory.write_text(json.dumps({"v": 1, "portal_id": whole["content"]["portal_id"], "organisations": []}))
    ran = verify(tmp_path, SITES, "--directory", str(directory))
    assert (ran.exit_code, "not those of the directory" in ran.output) == (1, True)


@given(st.sampled_from([SITES, EFFORT]), st.integers(0, 10_000), st.integers(1, 255))
def test_any_byte_that_changes_is_noticed(content, place, change):
    altered = bytearray(content)
    altered[place % len(content)] ^= change
    with contextlib.suppress(FormatError):
        assert signed_list.list_faults(bytes(altered)) or signed_list.list_signer(bytes(altered)) != MAKER
