"""Checking an evidence package with the command-line client: the real one holds, an altered one is named."""

import contextlib
import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from app.client.verify import command
from app.crypto import evidence
from app.domain.evidence import package_json
from app.errors import FormatError
from tests.vectors.recipes.passing_on import package

WHOLE = package()
CONTENT = package_json(WHOLE)
MAKER = evidence.signer(CONTENT)


def verify(tmp_path, content, *options):
    path = tmp_path / "package.json"
    path.write_bytes(content)
    return CliRunner().invoke(command, [str(path), *options])


def test_the_real_one_holds(tmp_path):
    said = verify(tmp_path, CONTENT + b"\n", "--fingerprint", MAKER)
    assert said.exit_code == 0, said.output
    assert f"{MAKER}  centre-a" in said.output
    assert "f" * 64 in said.output
    assert "compare the number" not in said.output
    assert "compare the number" in verify(tmp_path, CONTENT).output


@pytest.mark.parametrize(
    ("altered", "named"),
    [
        ({"parts": {**WHOLE["parts"], "letter": {}}}, "the part letter was changed"),
        ({"manifest": {**WHOLE["manifest"], "reason": "police"}}, "the signature is not by the organisation's key"),
        ({"chain": WHOLE["chain"][::-1]}, "chain of keys is broken"),
    ],
)
def test_an_altered_one_is_named(tmp_path, altered, named):
    said = verify(tmp_path, package_json(package(**altered)))
    assert (said.exit_code, named in said.output) == (1, True)


def test_another_maker_is_named(tmp_path):
    assert "not the one given" in verify(tmp_path, CONTENT, "--fingerprint", "1" * 30).output
    assert "no evidence package" in verify(tmp_path, b"{}").output
    unknown = tmp_path / "directory.json"
    unknown.write_text(json.dumps({"v": 1, "portal_id": WHOLE["manifest"]["portal_id"], "organisations": []}))
    said = verify(tmp_path, CONTENT, "--directory", str(unknown))
    assert (said.exit_code, "not those of the directory" in said.output) == (1, True)


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
def test_any_byte_that_changes_is_noticed(place, change):
    altered = bytearray(CONTENT)
    altered[place] ^= change
    with contextlib.suppress(FormatError):
        assert evidence.faults(bytes(altered)) != []


@given(st.integers(0, len(CONTENT) - 1))
def test_any_byte_that_is_missing_is_noticed(place):
    with contextlib.suppress(FormatError):
        assert evidence.faults(CONTENT[:place] + CONTENT[place + 1 :]) != []
