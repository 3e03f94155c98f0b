"""The server cannot open an envelope: the code that could is not there when it runs."""

import json
import re
import subprocess
import sys

import pytest

from tests.rules.tree import ROOT, own, text

MAY_DECRYPT = {"app/crypto/opening.py", "app/crypto/backup_opening.py"}
# The server's own layer around what it cannot open.
OWN_LAYER = {"app/crypto/shred.py"}
OPENERS = sorted(name.removesuffix(".py").replace("/", ".") for name in MAY_DECRYPT)
LOADED = """
import json, sys
import wsgi
print(json.dumps(sorted(name for name in sys.modules if name.startswith("app."))))
"""


def decrypting(name, source):
    """Lines that decrypt. `open(` of a file is not meant: pathlib's is the only one in use."""
    return [
        f"{name}:{number}"
        for number, line in enumerate(source.split("\n"), 1)
        if re.search(r"\.decrypt\w*\(|\bimport\b.*\bdecrypt", line)
    ]


def loaded_by(program):
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "", "ONESTOP_SECRET_KEY": "0" * 64, "ONESTOP_DATABASE_URL": "sqlite:////nowhere/onestop.db"},
    )
    return json.loads(ran.stdout)


def test_a_decryption_would_be_seen():
    assert decrypting("x.py", "a = 1\nreturn AESGCM(key).decrypt(nonce, sealed, aad)") == ["x.py:2"]
    assert decrypting("x.py", "suite.encrypt(letter)") == []


def test_only_opening_decrypts():
    found = {line for name in own(".py", under="app/") for line in decrypting(name, text(name))}
    assert {line.split(":")[0] for line in found} == MAY_DECRYPT | OWN_LAYER


@pytest.mark.parametrize("module", OPENERS)
def test_an_opening_server_would_be_seen(module):
    assert module in loaded_by(LOADED.replace("import wsgi", f"import wsgi, {module}"))


def test_the_server_never_loads_what_opens():
    loaded = loaded_by(LOADED)
    assert "app.crypto.envelope" in loaded or "app.services.report" in loaded
    assert set(loaded).isdisjoint(OPENERS)
    assert not [name for name in loaded if name.startswith("app.client")]
