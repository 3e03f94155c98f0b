"""Reading and replaying the vector files; the shape is described in README.md beside this file."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from app import errors
from app.crypto import backup_opening, opening
from app.domain import backup_reading, vocabulary

FOLDER = Path(__file__).parent
LONG = 1300
CRYPTO = {path.stem for path in (FOLDER.parents[1] / "app" / "crypto").glob("*.py")}


def hkdf_sha256(key, salt, info, length):
    """HKDF as the library has it, to compare with what others published."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)


def pbkdf2_hmac_sha256(password, salt, rounds, length):
    """PBKDF2 as the library has it."""
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=length, salt=salt, iterations=rounds).derive(password)


def open_backup(seed, sealed):
    """Give everything that a sealed backup holds."""
    return backup_opening.OpenedBackup(BytesIO(sealed), seed).read(len(sealed))


def read_backup(content):
    """Read a backup's records, and give what it has as head and totals."""
    return list(backup_reading.whole(BytesIO(content)))


WHOLE = {"open_backup": open_backup, "read_backup": read_backup}
LIBRARY = {"hkdf_sha256": hkdf_sha256, "pbkdf2_hmac_sha256": pbkdf2_hmac_sha256}


def function_of(module, name):
    """Give the function that a test names: the module's own, or an opening."""
    if module == "elsewhere":
        return LIBRARY[name]
    package = "app.crypto" if module in CRYPTO else "app.domain"
    found = getattr(import_module(f"{package}.{module}"), name, None)
    return found or WHOLE.get(name) or getattr(opening, name, None) or getattr(backup_opening, name)


def decode(value, pieces):
    """Give the Python value of a vector's value: bytes are objects with a `$` name."""
    if isinstance(value, list):
        return [decode(entry, pieces) for entry in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$hex"}:
        return bytes.fromhex(value["$hex"])
    if value.keys() == {"$utf8"}:
        return value["$utf8"].encode()
    if value.keys() == {"$repeat", "$times"}:
        return bytes.fromhex(value["$repeat"]) * value["$times"]
    if "$piece" in value:
        piece = bytearray.fromhex(pieces[value["$piece"]])
        if "$flip" in value:
            piece[value["$flip"]] ^= 1
        return bytes(piece[: value.get("$cut", len(piece))])
    return {name: decode(entry, pieces) for name, entry in value.items()}


def encode(value):
    """Give what stands in a vector file for a Python value; long bytes stand there by length and hash."""
    if isinstance(value, bytes | bytearray):
        if len(value) > LONG:
            return {"$length": len(value), "$sha256": hashlib.sha256(value).hexdigest()}
        return {"$hex": bytes(value).hex()}
    if isinstance(value, frozenset | set):
        return sorted(encode(entry) for entry in value)
    if isinstance(value, list | tuple):
        return [encode(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return encode(asdict(value))
    if isinstance(value, dict):
        return {name: encode(entry) for name, entry in value.items()}
    return value


def run(module, name, given):
    """Call the named function. `pieces` is for functions that take any number of them."""
    if name == "words" and module == "vocabulary":
        return list(getattr(vocabulary, given["name"]))
    function = function_of(module, name)
    arguments = dict(given)
    rest = arguments.pop("pieces", [])
    return function(*arguments.values(), *rest) if rest else function(**arguments)


def cases(module):
    """Give the tests of one file as pytest parameters."""
    file = json.loads((FOLDER / f"{module}.json").read_text(encoding="utf-8"))
    pieces = file.get("pieces", {})
    return [pytest.param(module, test, pieces, id=f"{module}-{test['id']}") for test in file["tests"]]


def check(module, test, pieces):
    """Replay one test: the output for a valid one, the error by name for an invalid one."""
    given = decode(test["input"], pieces)
    if test["result"] == "invalid":
        with pytest.raises(getattr(errors, test["error"])) as raised:
            run(module, test["function"], given)
        if "field" in test:
            assert raised.value.field == test["field"]
    else:
        assert encode(run(module, test["function"], given)) == test["output"]
