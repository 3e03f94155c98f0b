"""Vectors of envelopes: sealed once, opened by both sides; one negative for each thing that is bound."""

from app.crypto import envelope, padding, recipient_key
from app.crypto.encoding import pae
from app.crypto.signing import sign, signing_key_of
from tests.vectors.recipe import VectorFile, some

PORTAL, REPORT, REFERRAL, RECORD = some("portal"), some("report"), some("referral"), some("record")
EPOCH = recipient_key.from_seed(some("epoch seed", 32))
OTHER = recipient_key.from_seed(some("another seed", 32))
SIGNING_SEED = some("signing seed", 32)
SIGNING_KEY = signing_key_of(SIGNING_SEED)
LETTER = '{"v":1,"text":"봉인된 글"}'.encode()
ANOTHER_ID = some("another id")
ENC, TAG = 1120, 16


def bound(file, function, good, changes):
    """Add a test for the right context, and one for each change of it."""
    file.valid("opens", function, **good)
    for name, other in changes.items():
        file.invalid(f"another {name}", function, **{**good, name: other})


def broken(file, function, good):
    """Add what does not open because the bytes are others."""
    piece, last = good["sealed"]["$piece"], len(file.pieces[good["sealed"]["$piece"]]) // 2 - 1
    for comment, place in (
        ("a bit of the ML-KEM part", 0),
        ("a bit of the X25519 part", 1100),
        ("a bit of the ciphertext", ENC),
        ("a bit of the tag", last),
    ):
        file.invalid(comment, function, **{**good, "sealed": {"$piece": piece, "$flip": place}})
    for comment, cut in (("empty", 0), ("enc alone", ENC), ("the tag cut", last + 1 - TAG), ("a byte short", last)):
        file.invalid(comment, function, **{**good, "sealed": {"$piece": piece, "$cut": cut}})


def reports(file):
    """Letters to the organisations that the reporter chose."""
    for sealed_by in ("browser", "client", "server", "caseworker"):
        file.piece(f"report by {sealed_by}", lambda by=sealed_by: envelope.seal_letter(
            EPOCH.public_key, PORTAL, REPORT, EPOCH.kid, by, LETTER))  # fmt: skip
        good = {"seed": EPOCH.seed, "portal_id": PORTAL, "report_id": REPORT, "sealed_by": sealed_by,
                "sealed": {"$piece": f"report by {sealed_by}"}}  # fmt: skip
        file.valid(f"sealed by {sealed_by}", "open_letter", output=LETTER, **good)
    file.invalid("an unknown sealer", "open_letter", **{**good, "sealed_by": "nobody"})
    good = {**good, "sealed_by": "browser", "sealed": {"$piece": "report by browser"}}
    bound(file, "open_letter", good, {
        "seed": OTHER.seed, "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID, "sealed_by": "client",
    })  # fmt: skip
    broken(file, "open_letter", good)
    info = envelope.report_info(PORTAL, REPORT, EPOCH.kid, "browser")
    other_kid = envelope.report_info(PORTAL, REPORT, OTHER.kid, "browser")
    for name, sealed_info, plaintext in (
        ("another kid in info", other_kid, padding.pad(LETTER, padding.LETTER_BUCKETS)),
        ("no padding", info, LETTER),
        ("a bucket of messages", info, padding.pad(LETTER, padding.MESSAGE_BUCKETS)),
        ("no mark", info, LETTER + bytes(4096 - len(LETTER))),
    ):
        file.piece(name, lambda i=sealed_info, p=plaintext: envelope.seal(EPOCH.public_key, i, p))
        file.invalid(name, "open_letter", **{**good, "sealed": {"$piece": name}})
    file.piece("a larger bucket", lambda: envelope.seal_letter(
        EPOCH.public_key, PORTAL, REPORT, EPOCH.kid, "browser", LETTER, 16384))  # fmt: skip
    file.valid("a larger bucket", "open_letter", output=LETTER, **{**good, "sealed": {"$piece": "a larger bucket"}})


def resealed(file):
    """Letters that moved to a newer epoch."""
    padded = padding.pad(LETTER, padding.LETTER_BUCKETS)
    file.piece("reseal", lambda: envelope.seal_reseal(OTHER.public_key, PORTAL, REPORT, OTHER.kid, EPOCH.kid, padded))
    good = {"seed": OTHER.seed, "portal_id": PORTAL, "report_id": REPORT, "origin_kid": EPOCH.kid,
            "sealed": {"$piece": "reseal"}}  # fmt: skip
    bound(file, "open_reseal", good, {
        "seed": EPOCH.seed, "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID, "origin_kid": OTHER.kid,
    })  # fmt: skip
    report = {"seed": OTHER.seed, "portal_id": PORTAL, "report_id": REPORT, "sealed_by": "browser"}
    file.invalid("not sealed as a report", "open_letter", **report, sealed={"$piece": "reseal"})


def referred(file):
    """Letters that one organisation passes on."""
    file.piece("referral", lambda: envelope.seal_referral(
        OTHER.public_key, PORTAL, REPORT, OTHER.kid, REFERRAL, "centre-a", SIGNING_SEED, LETTER))  # fmt: skip
    good = {"seed": OTHER.seed, "portal_id": PORTAL, "report_id": REPORT, "referral_id": REFERRAL,
            "referrer": "centre-a", "signing_key": SIGNING_KEY, "sealed": {"$piece": "referral"}}  # fmt: skip
    bound(file, "open_referral", good, {
        "seed": EPOCH.seed, "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID, "referral_id": ANOTHER_ID,
        "referrer": "centre-b", "signing_key": signing_key_of(some("another signing seed", 32)),
    })  # fmt: skip
    info = envelope.referral_info(PORTAL, REPORT, OTHER.kid, REFERRAL, "centre-a")
    elsewhere = envelope.referral_info(PORTAL, REPORT, OTHER.kid, ANOTHER_ID, "centre-a")
    for name, signature in (
        ("signed for another referral", sign(SIGNING_SEED, pae(elsewhere, LETTER))),
        ("signed without the context", sign(SIGNING_SEED, LETTER)),
        ("no signature", b""),
    ):
        padded = padding.pad(signature + LETTER, padding.LETTER_BUCKETS)
        file.piece(name, lambda p=padded: envelope.seal(OTHER.public_key, info, p))
        file.invalid(name, "open_referral", **{**good, "sealed": {"$piece": name}})
    passed_on(file, good)


def passed_on(file, good):
    """Letters that were passed on, read by who says which key signed them, before and after they moved."""
    keys = [SIGNING_KEY, signing_key_of(some("another signing seed", 32))]
    good = {"seed": OTHER.seed, "portal_id": PORTAL, "report_id": REPORT, "origin_kid": OTHER.kid,
            "referral_id": REFERRAL, "referrer": "centre-a", "signing_keys": keys,
            "sealed": good["sealed"]}  # fmt: skip
    file.valid("the first key signed it", "open_passed_on", output=(LETTER, 0), **good)
    file.valid("the newest key signed it", "open_passed_on", output=(LETTER, 1), **{**good, "signing_keys": keys[::-1]})
    file.valid("no key signed it", "open_passed_on", output=(LETTER, -1), **{**good, "signing_keys": keys[1:]})
    for name in ("signed for another referral", "signed without the context", "no signature"):
        file.valid(name, "open_passed_on", **{**good, "sealed": {"$piece": name}})
    info = envelope.referral_info(PORTAL, REPORT, OTHER.kid, REFERRAL, "centre-a")
    padded = padding.pad(sign(SIGNING_SEED, pae(info, LETTER)) + LETTER, padding.LETTER_BUCKETS)
    file.piece("referral resealed", lambda: envelope.seal_reseal(
        EPOCH.public_key, PORTAL, REPORT, EPOCH.kid, OTHER.kid, padded))  # fmt: skip
    moved = {**good, "seed": EPOCH.seed, "sealed": {"$piece": "referral resealed"}}
    file.valid("after it moved, by its first info", "open_passed_on", output=(LETTER, 0), **moved)
    file.valid("moved, of another referral", "open_passed_on", output=(LETTER, -1), **{**moved, "referral_id": REPORT})
    for place in (good, moved):
        for name, other in {"seed": some("a third seed", 32), "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID,
                            "origin_kid": some("a third kid")}.items():  # fmt: skip
            file.invalid(f"another {name}", "open_passed_on", **{**place, name: other})
    for name, other in {"referral_id": ANOTHER_ID, "referrer": "centre-b"}.items():
        file.invalid(f"another {name}", "open_passed_on", **{**good, name: other})
    larger = {"public_key": OTHER.public_key, "portal_id": PORTAL, "report_id": REPORT, "kid": OTHER.kid,
              "referral_id": REFERRAL, "referrer": "centre-a", "signing_seed": SIGNING_SEED, "letter": LETTER,
              "bucket": 16384}  # fmt: skip
    file.piece("referral in a larger bucket", lambda: envelope.seal_referral(**larger))
    file.valid("in a larger bucket", "open_passed_on", output=(LETTER, 0),
               **{**good, "sealed": {"$piece": "referral in a larger bucket"}})  # fmt: skip
    file.invalid("no such bucket", "seal_referral", **{**larger, "bucket": 5000})


def rings_and_lists(file):
    """Keyrings for caseworkers and for the recovery key, and shared lists."""
    file.piece("keyring", lambda: envelope.seal_keyring(OTHER.public_key, PORTAL, "centre-a", OTHER.kid, 7, LETTER))
    good = {"seed": OTHER.seed, "portal_id": PORTAL, "slug": "centre-a", "seq": 7, "sealed": {"$piece": "keyring"}}
    bound(file, "open_keyring", good, {"seed": EPOCH.seed, "portal_id": ANOTHER_ID, "slug": "centre-b", "seq": 6})
    file.piece("recovery", lambda: envelope.seal_recovery(OTHER.public_key, PORTAL, "centre-a", 7, LETTER))
    recovery = {**good, "sealed": {"$piece": "recovery"}}
    bound(file, "open_recovery", recovery, {
        "seed": EPOCH.seed, "portal_id": ANOTHER_ID, "slug": "centre-b", "seq": 8,
    })  # fmt: skip
    file.invalid("the recovery copy is no caseworker's", "open_keyring", **recovery)
    proof = some("the secret of a proof", 32)
    file.piece("proof", lambda: envelope.seal_recovery_proof(OTHER.public_key, PORTAL, "centre-a", 7, proof))
    proved = {**good, "sealed": {"$piece": "proof"}}
    bound(file, "open_recovery_proof", proved, {
        "seed": EPOCH.seed, "portal_id": ANOTHER_ID, "slug": "centre-b", "seq": 8,
    })  # fmt: skip
    file.invalid("a recovery copy proves nothing", "open_recovery_proof", **recovery)
    file.invalid("a proof is no recovery copy", "open_recovery", **proved)
    longer = envelope.recovery_proof_info(PORTAL, "centre-a", 7)
    file.piece("longer proof", lambda: envelope.seal(OTHER.public_key, longer, proof + b"x"))
    file.invalid("a proof of another length", "open_recovery_proof", **{**proved, "sealed": {"$piece": "longer proof"}})
    file.piece("list", lambda: envelope.seal_list(
        OTHER.public_key, PORTAL, OTHER.kid, RECORD, "centre-a", SIGNING_SEED, LETTER))  # fmt: skip
    shared = {"seed": OTHER.seed, "portal_id": PORTAL, "record_id": RECORD, "sender": "centre-a",
              "signing_key": SIGNING_KEY, "sealed": {"$piece": "list"}}  # fmt: skip
    bound(file, "open_list", shared, {
        "seed": EPOCH.seed, "portal_id": ANOTHER_ID, "record_id": ANOTHER_ID, "sender": "centre-b",
        "signing_key": some("another signing key", 32),
    })  # fmt: skip


def envelope_file(*, reseal):
    """All envelopes."""
    file = VectorFile("envelope", "Envelopes that this side sealed. Sealing is random, so opening is what is tested.",
                      reseal=reseal)  # fmt: skip
    file.valid("what a letter is bound to", "report_info", portal_id=PORTAL, report_id=REPORT, kid=EPOCH.kid,
               sealed_by="browser")  # fmt: skip
    file.valid("what a keyring is bound to", "keyring_info", portal_id=PORTAL, slug="centre-a", kid=OTHER.kid, seq=7)
    reports(file)
    resealed(file)
    referred(file)
    rings_and_lists(file)
    seal = {"public_key": EPOCH.public_key, "portal_id": PORTAL, "report_id": REPORT, "kid": EPOCH.kid,
            "sealed_by": "browser", "letter": LETTER}  # fmt: skip
    file.invalid("the kid of another key", "seal_letter", **{**seal, "kid": OTHER.kid})
    file.invalid("a cut key", "seal_letter", **{**seal, "public_key": EPOCH.public_key[:-1]})
    file.invalid("an unknown sealer", "seal_letter", **{**seal, "sealed_by": "nobody"})
    unreduced = b"\xff" * 1184 + EPOCH.public_key[1184:]
    file.invalid("an ML-KEM key whose numbers are not reduced (FIPS 203, 7.2)", "seal_letter",
                 **{**seal, "public_key": unreduced, "kid": recipient_key.kid_of(unreduced)})  # fmt: skip
    small_order = EPOCH.public_key[:1184] + bytes(32)
    file.invalid(
        "an X25519 key of small order", "seal_letter",
        **{**seal, "public_key": small_order, "kid": recipient_key.kid_of(small_order)},
    )  # fmt: skip
    return file
