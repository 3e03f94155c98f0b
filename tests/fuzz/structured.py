"""The same targets with inputs that are nearly right: something valid, changed in one or two places."""

import json

from hypothesis import strategies as st

from app.domain import receipt_code
from app.domain.letter import letter_json
from app.domain.wire import canonical_json
from tests.domain.letters import letters
from tests.domain.test_requests import BODIES
from tests.domain.test_submission import body
from tests.fuzz import key_bodies
from tests.rules.tree import ROOT

VECTORS = ROOT / "tests" / "vectors"


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["tests"]


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def directories():
    return [
        canonical_json(test["input"]["directory"]) for test in vectors("epoch_chain") if "directory" in test["input"]
    ]


EXAMPLES = {
    "requests": [
        body(),
        body(own=None),
        *(json.dumps(each).encode() for _parse, each in BODIES),
        *key_bodies.EXAMPLES,
    ],
    "letters": [
        text.encode()
        for name in ("letter", "message_content", "keyring_content", "own_record")
        for test in vectors(name)
        for text in texts_in(test)
        if text.startswith("{")
    ],
    "directories": directories(),
    "codes": [
        receipt_code.format(receipt_code.generate(lambda most, each=each: each % most)).encode() for each in range(9)
    ],
    "urls": [
        text.encode() for test in vectors("canonical_url") for text in texts_in(test) if "." in text or ":" in text
    ],
    "queries": [
        b"by=min-ji.k&kind=opening&from=2026-01-31&until=2026-11-22&referral=AAAAAAAAAAAAAAAAAAAAAA",
        b"state=received&holder=me&after=AQALTlEAAAAAAAAAAAAAAAAAAAAA",
        b"weeks=13&until=2026-11-22",
        b"by=%EA%B0%80&from=&weeks=",
    ],
}


def is_json(example):
    try:
        json.loads(example)
    except ValueError:
        return False
    return True


JSON = {name: [one for one in EXAMPLES[name] if is_json(one)] for name in ("requests", "letters", "directories")}
odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([]), st.just({}), st.just(2**53),
    st.text("AQgw_-=+/ \n", max_size=50), st.lists(st.integers(0, 1), max_size=5),
)  # fmt: skip


@st.composite
def changed_json(draw, name):
    """A valid body with something put in the place of something else, left out, or said twice."""
    value = json.loads(JSON[name][draw(st.integers(0, len(JSON[name]) - 1))])
    for _change in range(draw(st.integers(1, 2))):
        where = value
        while isinstance(where, dict | list) and where:
            key = draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
            inner = where[key]
            if not isinstance(inner, dict | list) or not inner or draw(st.booleans()):
                change = draw(st.sampled_from(("replace", "drop", "add")))
                if change == "replace":
                    where[key] = draw(odd)
                elif change == "drop":
                    del where[key]
                elif isinstance(where, dict):
                    where[draw(st.text(max_size=3))] = draw(odd)
                else:
                    where.append(inner)
                break
            where = inner
    compact = draw(st.booleans())
    return json.dumps(value, ensure_ascii=False, separators=(",", ":") if compact else None).encode(
        "utf-8", "surrogatepass"
    )


@st.composite
def changed_text(draw, name):
    """A valid text with some signs of it replaced, left out or said twice."""
    text = EXAMPLES[name][draw(st.integers(0, len(EXAMPLES[name]) - 1))].decode("utf-8", "replace")
    for _change in range(draw(st.integers(0, 3))):
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, min(len(text), begin + 4)))
        text = text[:begin] + draw(st.text(max_size=4)) * draw(st.integers(1, 2)) + text[end:]
    return text.encode("utf-8", "replace")


INPUTS = {
    "requests": changed_json("requests"),
    "letters": changed_json("letters") | letters.map(letter_json),
    "directories": changed_json("directories"),
    "codes": changed_text("codes"),
    "urls": changed_text("urls"),
    "queries": changed_text("queries"),
}
