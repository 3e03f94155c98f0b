"""Vectors of what is passed on: how it is answered, and packages of evidence with everything that can be wrong."""

import json

from app.crypto import evidence, onward
from app.crypto.encoding import pae
from app.crypto.epoch_chain import sign_entry
from app.crypto.padding import MESSAGE_BUCKETS, pad
from app.crypto.signing import sign, signing_key_of
from app.crypto.small import seal_small
from app.domain import onward_state
from app.domain.evidence import package_json
from app.domain.vocabulary import ONWARD_STATES
from app.domain.wire import b64u_encode
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.sealing import ANOTHER_ID, EPOCH, OTHER, PORTAL, REFERRAL, REPORT, SIGNING_KEY, SIGNING_SEED
from tests.vectors.recipes.states import _steps_file

NONCE, KEY = some("nonce", 12), some("shared key", 32)
ANSWER = '{"v":1,"answer":"refused","text":"맡고 있는 지역이 아닙니다."}'.encode()
LATER_SEED = some("a later signing seed", 32)


def onward_state_file(*, reseal):
    """Letters that were passed on."""
    comment = "How a letter that was passed on is answered."
    return _steps_file("onward_state", comment, onward_state.STEPS, ONWARD_STATES, reseal)


def onward_answer_file(*, reseal):
    """What is answered."""
    file = VectorFile("onward_answer", "What a receiver answers to whoever passed a letter on.", reseal=reseal)
    for comment, value in (
        ("accepted, with nothing to say", {"v": 1, "answer": "accepted", "text": ""}),
        ("accepted, with words", {"v": 1, "answer": "accepted", "text": "오늘 시작합니다."}),
        ("refused", {"v": 1, "answer": "refused", "text": "이 지역을 맡지 않습니다."}),
    ):
        file.valid(comment, "check_answer", value=value)
        file.valid(comment, "answer_json", value=value)
        file.valid(comment, "parse_answer", plaintext={"$utf8": json.dumps(value, ensure_ascii=False,
                                                                           separators=(",", ":"))})  # fmt: skip
    wide = {"v": 1, "answer": "refused", "text": "\u3000"}
    file.valid("another blank is taken as it was typed", "check_answer", value=wide)
    file.valid("one letter is a reason", "check_answer", value={**wide, "text": "X"})
    for comment, value in (
        ("refused without a reason", {"v": 1, "answer": "refused", "text": " \n"}),
        ("another answer", {"v": 1, "answer": "offered", "text": ""}),
        ("another version", {"v": 2, "answer": "accepted", "text": ""}),
        ("no words at all", {"v": 1, "answer": "accepted"}),
        ("something more", {"v": 1, "answer": "accepted", "text": "", "by": "x"}),
        ("too long", {"v": 1, "answer": "accepted", "text": "a" * 4001}),
    ):
        file.invalid(comment, "check_answer", value=value)
    for comment, content in (
        ("fields in another order", '{"v":1,"text":"","answer":"accepted"}'),
        ("white space", '{"v":1, "answer":"accepted","text":""}'),
        ("a field twice", '{"v":1,"answer":"accepted","answer":"accepted","text":""}'),
    ):
        file.invalid(comment, "parse_answer", plaintext={"$utf8": content})
    return file


def onward_file(*, reseal):
    """Sealed answers."""
    file = VectorFile("onward", "Answers under the key of a thread that was passed on.", reseal=reseal)
    place = {"reply_key": KEY, "portal_id": PORTAL, "report_id": REPORT, "origin_kid": EPOCH.kid,
             "referral_id": REFERRAL, "receiver": "police-b"}  # fmt: skip
    given = {**place, "signing_seed": SIGNING_SEED, "answer": ANSWER}
    file.valid("sealed with this nonce", "seal_answer", **given, nonce=NONCE)
    file.pieces["answer"] = onward.seal_answer(**given, nonce=NONCE).hex()
    keys, sealed = [signing_key_of(LATER_SEED), SIGNING_KEY], {"$piece": "answer"}
    file.valid("signed by the newest", "open_answer", output=(ANSWER, 1), **place, signing_keys=keys, sealed=sealed)
    file.valid("signed by an older one", "open_answer", output=(ANSWER, 0), **place, signing_keys=keys[::-1],
               sealed=sealed)  # fmt: skip
    file.valid("signed by nobody known", "open_answer", output=(ANSWER, -1), **place, signing_keys=keys[:1],
               sealed=sealed)  # fmt: skip
    for name, other in {
        "reply_key": some("another key", 32), "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID,
        "origin_kid": OTHER.kid, "referral_id": ANOTHER_ID, "receiver": "police-c",
    }.items():  # fmt: skip
        file.invalid(f"another {name}", "open_answer", **{**place, name: other}, signing_keys=keys, sealed=sealed)
    aad = onward.answer_aad(*list(place.values())[1:])
    elsewhere = onward.answer_aad(PORTAL, REPORT, EPOCH.kid, ANOTHER_ID, "police-b")
    for name, signed in (
        ("signed for another referral", sign(SIGNING_SEED, pae(elsewhere, ANSWER)) + ANSWER),
        ("shorter than a signature", b"{}"),
    ):
        file.pieces[name] = seal_small(onward.answer_key(KEY), aad, pad(signed, MESSAGE_BUCKETS), NONCE).hex()
        file.valid(f"{name}: by nobody", "open_answer", **place, signing_keys=keys, sealed={"$piece": name})
    file.invalid("a bit of it", "open_answer", **place, signing_keys=keys, sealed={**sealed, "$flip": 40})
    file.invalid("cut", "open_answer", **place, signing_keys=keys, sealed={**sealed, "$cut": 20})
    file.invalid("too long", "seal_answer", **{**given, "answer": {"$repeat": "61", "$times": 65536}}, nonce=NONCE)
    return file


def package(**changes):
    """Give a package as its maker would write it, with what is changed afterwards."""
    chain = [sign_entry(PORTAL, "centre-a", 0, SIGNING_KEY, EPOCH.kid, SIGNING_SEED),
             sign_entry(PORTAL, "centre-a", 1, signing_key_of(LATER_SEED), OTHER.kid, SIGNING_SEED)]  # fmt: skip
    parts = {
        "letter": {"lang": "ko", "harm": ["distribution"], "account": None},
        "links": [{"n": 1, "url": "https://example.com/1", "state": "removed", "state_on": "2026-11-20"}],
        "messages": [], "records": [],
        "actions": [{"at": "2026-11-19T01:02:03Z", "role": "caseworker", "action": "opened", "detail": ""}],
    }  # fmt: skip
    manifest = {
        "v": 1, "portal_id": b64u_encode(PORTAL), "organisation": "centre-a",
        "name": {"ko": "가 센터", "en": "Centre A"}, "made_at": "2026-11-22T03:04:05Z", "reason": "court",
        "referral_id": b64u_encode(REFERRAL), "report_id": b64u_encode(REPORT),
        "letter": {"sealed_sha256": "0" * 64, "opened_sha256": "f" * 64, "leaf": b64u_encode(KEY),
                   "received_on": "2026-11-18", "kid": b64u_encode(EPOCH.kid), "origin_kid": b64u_encode(EPOCH.kid),
                   "sealed_by": "browser", "referrer": None},
        "parts": evidence.named_parts(parts),
    }  # fmt: skip
    whole = {"v": 1, "kind": "evidence", "manifest": manifest,
             "signature": evidence.sign_manifest(LATER_SEED, manifest), "chain": chain, "parts": parts}  # fmt: skip
    return {**whole, **changes}


def evidence_file(*, reseal):
    """Packages of evidence."""
    file = VectorFile("evidence", "Packages of evidence, whole and altered.", reseal=reseal)

    def judged(comment, whole, output=None):
        content = {"$utf8": package_json(whole).decode()}
        file.valid(comment, "faults", content=content, **({} if output is None else {"output": output}))

    whole = package()
    manifest, parts = whole["manifest"], whole["parts"]
    judged("as it was made", whole, [])
    file.valid("its maker", "signer", content={"$utf8": package_json(whole).decode()})
    file.valid("line breaks around it", "faults", output=[],
               content={"$utf8": "\n" + package_json(whole).decode() + "\r\n"})  # fmt: skip
    message = {"portal_id": PORTAL, "slug": "centre-a", "manifest": b"{}"}
    file.valid("what is signed", "evidence_message", **message)
    for part in parts:
        other = {"letter": {"lang": "en"}}.get(part, [{"n": 2}])
        judged(f"another part: {part}", package(parts={**parts, part: other}), [f"parts.{part}"])
    for name, value in (
        ("organisation", "centre-b"), ("made_at", "2026-11-23T03:04:05Z"), ("reason", "police"),
        ("portal_id", b64u_encode(ANOTHER_ID)), ("referral_id", b64u_encode(ANOTHER_ID)),
        ("report_id", b64u_encode(ANOTHER_ID)), ("letter", {**manifest["letter"], "opened_sha256": "e" * 64}),
    ):  # fmt: skip
        judged(f"another {name} in the manifest", package(manifest={**manifest, name: value}))
    judged("signed by an earlier key", package(signature=evidence.sign_manifest(SIGNING_SEED, manifest)), ["signature"])
    judged("the end of the chain cut", package(chain=whole["chain"][:1]), ["signature"])
    judged("the chain turned round", package(chain=whole["chain"][::-1]), ["chain", "signature"])
    written = package_json(whole).decode()
    for comment, content in (
        ("no JSON", "evidence"), ("nothing", ""), ("another kind", written.replace('"kind":"evidence"', '"kind":"x"')),
        ("white space inside", written.replace('"v":1,', '"v":1, ', 1)),
        ("a field twice", written.replace('{"v":1,', '{"v":1,"v":1,', 1)),
        ("a part missing", written.replace('"records":[],', "")),
        ("a part of another kind", written.replace('"records":[]', '"records":{}')),
        ("a letter that is none", written.replace('"letter":{"lang"', '"letter":[{"lang"').replace("l},", "l}],", 1)),
        ("a hash in capitals", written.replace("f" * 64, "F" * 64)), ("text behind it", written + "x"),
        ("a blank behind it", written + " "), ("a letter around it", f"X{written}X"),
    ):  # fmt: skip
        file.invalid(comment, "faults", content={"$utf8": content})
    return file
