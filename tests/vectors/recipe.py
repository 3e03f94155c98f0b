"""How vector files are made: a list of calls, whose outputs this implementation fills in unless a source gives them."""

import hashlib
import json

from app import errors
from tests.vectors.replay import FOLDER, decode, encode, run


def some(label, length=16):
    """Give bytes that are the same every time and look like nothing."""
    return hashlib.shake_256(f"onestop vector {label}".encode()).digest(length)


def raw(value):
    """Write bytes as an input."""
    return {"$hex": bytes(value).hex()}


def repeat(byte, times):
    """Write the same byte many times as an input."""
    return {"$repeat": byte.hex(), "$times": times}


def as_input(value):
    """Write an input: bytes in hex, everything else as it is."""
    if isinstance(value, bytes):
        return raw(value)
    if isinstance(value, list):
        return [as_input(entry) for entry in value]
    if isinstance(value, dict) and value.keys().isdisjoint({"$hex", "utf8", "piece"}):
        return {name: as_input(entry) for name, entry in value.items()}
    return value


def one_line(test):
    """Write a test on one line, readable where it can be: a lone surrogate stays an escape."""
    line = json.dumps(test, ensure_ascii=False)
    return json.dumps(test) if any("\ud800" <= sign <= "\udfff" for sign in line) else line


class VectorFile:
    """One file in the making."""

    def __init__(self, module, comment, *, reseal=False):
        self.module, self.comment, self.tests, self.pieces = module, comment, [], {}
        path = FOLDER / f"{module}.json"
        self.kept = {}
        if path.exists() and not reseal:
            self.kept = json.loads(path.read_text(encoding="utf-8")).get("pieces", {})

    def piece(self, name, make):
        """Keep a piece that is random where it is made (HPKE); make it only when it is not there yet."""
        self.pieces[name] = self.kept.get(name) or make().hex()
        return bytes.fromhex(self.pieces[name])

    def valid(self, comment, function, /, *, output=None, **given):
        """Add a test whose output is `output`, or else what this implementation gives now."""
        given = {name: as_input(value) for name, value in given.items()}
        result = encode(run(self.module, function, decode(given, self.pieces)))
        if output is not None and result != encode(output):
            raise AssertionError(f"{self.module}: {comment}: {result}")
        self._add(comment, function, given, {"output": result, "result": "valid"})

    def invalid(self, comment, function, /, *, error="FormatError", names=None, **given):
        """Add a test that must fail with this error, and make sure that it does.

        `names`: the field that the error is of, where a page tells people by it what is wrong.
        """
        given = {name: as_input(value) for name, value in given.items()}
        try:
            run(self.module, function, decode(given, self.pieces))
        except getattr(errors, error) as raised:
            if names is not None and raised.field != names:
                raise AssertionError(f"{self.module}: {comment}: {raised.field}") from raised
            told = {} if names is None else {"field": names}
            self._add(comment, function, given, {"result": "invalid", "error": error, **told})
        else:
            raise AssertionError(f"{self.module}: {comment}: was taken")

    def _add(self, comment, function, given, outcome):
        test = {"id": len(self.tests) + 1, "comment": comment, "function": function, "input": given, **outcome}
        self.tests.append(test)

    def text(self):
        """Give the file's text: one test a line, so that a change of one test is a change of one line."""
        lines = [one_line(test) for test in self.tests]
        pieces = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in self.pieces.items()]
        head = f'{{\n"comment": {json.dumps(self.comment, ensure_ascii=False)},\n'
        middle = '"pieces": {\n' + ",\n".join(pieces) + "\n},\n" if pieces else ""
        return head + middle + '"tests": [\n' + ",\n".join(lines) + "\n]\n}\n"
