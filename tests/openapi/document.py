"""docs/openapi.json, and how values of its own formats are made."""

import json

import schemathesis
from hypothesis import strategies as st

from app.domain.sealed_length import KEYRING_LENGTHS, LETTER_BUCKETS, MESSAGE_LENGTHS
from app.domain.wire import b64u_encode
from tests.rules.tree import text

DOCUMENT = json.loads(text("docs/openapi.json"))
METHODS = ("get", "post", "put", "patch", "delete")


def b64u(length):
    return st.binary(min_size=16, max_size=16).map(lambda seed: b64u_encode((seed * (length // 16 + 1))[:length]))


# The first length of each is enough to be taken: all letters of one report are of one length.
FORMATS = {
    "b64u-16": b64u(16),
    "b64u-32": b64u(32),
    "b64u-60": b64u(60),
    "b64u-64": b64u(64),
    "b64u-1216": b64u(1216),
    "b64u-signed": b64u(64),
    "b64u-keyring": b64u(KEYRING_LENGTHS[0]),
    "b64u-letter": b64u(LETTER_BUCKETS[0] + 1136),
    "b64u-own": b64u(LETTER_BUCKETS[0] + 28),
    "b64u-message": b64u(MESSAGE_LENGTHS[0]),
}
for name, values in FORMATS.items():
    schemathesis.openapi.format(name, values)


def operations():
    """Every (method, path) of the document with what it says."""
    return {
        (method.upper(), path): said
        for path, methods in DOCUMENT["paths"].items()
        for method, said in methods.items()
        if method in METHODS
    }


def schema_of(said):
    """The name of the schema of a request's JSON, or None; what a form takes is for its page to say."""
    content = said.get("requestBody", {}).get("content", {}).get("application/json")
    return content["schema"]["$ref"].rpartition("/")[2] if content else None


def strictly(value):
    """What no schema can say: one envelope an organisation, one message a referral, and 1 is not written 1.0."""
    if "parameter_set" in value:
        value["parameter_set"] = int(value["parameter_set"])
    if "ring" in value:
        value["ring"]["seq"] = int(value["ring"]["seq"])
    for member, key in (("envelopes", "organisation"), ("messages", "referral_id")):
        if member in value:
            value[member] = list({one[key]: one for one in value[member]}.values())
    return value
