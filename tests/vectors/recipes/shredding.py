"""Vectors of the server's own layer: what a row's bytes lie under."""

from app.crypto import shred
from tests.vectors.recipe import VectorFile, some

KEY, NONCE = some("shred key", 32), some("shred nonce", 12)
MESSAGE = ["message", some("shred referral"), some("shred message")]
CONTENT = b"what somebody sealed"


def shred_file(*, reseal):
    """Rows of one id and of two, and everything that must not open."""
    file = VectorFile("shred", "What a row's sealed bytes lie under: SPEC.md, section 15.", reseal=reseal)
    aad = shred.shred_aad(*MESSAGE)
    file.valid("a letter's place", "shred_aad", table="referral", pieces=[some("shred referral")])
    file.valid("a message's place", "shred_aad", table=MESSAGE[0], pieces=MESSAGE[1:])
    for name, content in (("a message", CONTENT), ("nothing", b"")):
        file.valid(name, "put_under", key=KEY, aad=aad, content=content, nonce=NONCE)
        stored = shred.put_under(KEY, aad, content, NONCE)
        file.valid(f"{name}, taken out", "take_out", key=KEY, aad=aad, stored=stored, output=content)
    good = {"key": KEY, "aad": aad, "stored": shred.put_under(KEY, aad, CONTENT, NONCE)}
    other = shred.shred_aad(MESSAGE[0], MESSAGE[2], MESSAGE[1])
    file.invalid("another key", "take_out", **{**good, "key": some("another shred key", 32)})
    file.invalid("another row", "take_out", **{**good, "aad": other})
    file.invalid("another table", "take_out", **{**good, "aad": shred.shred_aad("summary", *MESSAGE[1:])})
    file.invalid("a changed byte", "take_out", **{**good, "stored": good["stored"][:-1] + b"\x00"})
    file.invalid("too short", "take_out", **{**good, "stored": good["stored"][:27]})
    return file
