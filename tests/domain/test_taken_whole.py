"""Whatever a body says arrives, all of it and nothing else: by each parser of what people's browsers send."""

import inspect
import json
from collections import Counter
from dataclasses import asdict, is_dataclass
from datetime import date

import pytest

from app.domain.wire import b64u_encode
from tests.domain.test_requests import BODIES
from tests.fuzz import key_bodies

# Of those that take the name of their one field as well, routes are the tests.
ALL = [(parse, body) for parse, body in [*BODIES, *key_bodies.BODIES] if len(inspect.signature(parse).parameters) == 1]


def leaves(value):
    """Each value in it, as JSON would spell it; what serves as a key inside the portal is one as well."""
    if is_dataclass(value):
        value = asdict(value)
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(name if isinstance(name, bytes) else None)
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, bytes):
        yield b64u_encode(value)
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str):
        yield value.replace(" ", "")  # as codes are typed
    elif value is not None:
        yield value


@pytest.mark.parametrize(("parse", "body"), ALL, ids=[parse.__name__ for parse, _body in ALL])
def test_everything_that_was_sent_arrives(parse, body):
    given, sent = Counter(leaves(parse(json.dumps(body).encode()))), Counter(leaves(body))
    del given[""], sent[""]  # nothing was typed
    assert given == sent
