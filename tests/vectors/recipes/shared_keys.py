"""Vectors of what is sealed under shared keys: messages, own records, summaries, work records, seeds, leaves."""

from app.crypto import caseworker_key, message, own, summary, work_record
from app.crypto.small import seal_small
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.sealing import ANOTHER_ID, EPOCH, OTHER, PORTAL, RECORD, REPORT

NONCE = some("nonce", 12)
CONTENT = '{"v":1,"text":"안녕하세요"}'.encode()
KEY = some("shared key", 32)


def sealed_and_bound(file, seal, open_, good, changes, content="content"):
    """Add sealing with a fixed nonce, opening, and one negative for each thing that is bound."""
    given = {**good, content: CONTENT}
    file.valid("sealed with this nonce", seal.__name__, **given, nonce=NONCE)
    file.pieces[f"by {seal.__name__}"] = seal(**given, nonce=NONCE).hex()
    piece = {"$piece": f"by {seal.__name__}"}
    file.valid("opens", open_, **good, sealed=piece, output=CONTENT)
    for name, other in changes.items():
        file.invalid(f"another {name}", open_, **{**good, name: other}, sealed=piece)
    length = len(bytes.fromhex(file.pieces[f"by {seal.__name__}"]))
    for comment, change in (
        ("a bit of the nonce", {"$flip": 0}),
        ("a bit of the ciphertext", {"$flip": 12}),
        ("a bit of the tag", {"$flip": length - 1}),
        ("empty", {"$cut": 0}),
        ("nonce alone", {"$cut": 12}),
        ("a byte short", {"$cut": length - 1}),
    ):
        file.invalid(comment, open_, **good, sealed={**piece, **change})


def message_file(*, reseal):
    """Messages."""
    file = VectorFile("message", "Messages under a reply key.", reseal=reseal)
    good = {"reply_key": KEY, "direction": "to_reporter", "portal_id": PORTAL, "report_id": REPORT,
            "origin_kid": EPOCH.kid, "message_id": RECORD}  # fmt: skip
    changes = {"reply_key": some("another key", 32), "direction": "to_organisation", "portal_id": ANOTHER_ID,
               "report_id": ANOTHER_ID, "origin_kid": OTHER.kid, "message_id": ANOTHER_ID}  # fmt: skip
    sealed_and_bound(file, message.seal_message, "open_message", good, changes)
    file.invalid("an unknown direction", "open_message", **{**good, "direction": "to_server"}, sealed=bytes(1052))
    key, aad = message.message_key(KEY, "to_reporter"), message.message_aad(*list(good.values())[2:4], EPOCH.kid,
                                                                            "to_reporter", RECORD)  # fmt: skip
    for name, padded in (("no padding", CONTENT), ("no mark", CONTENT + bytes(1024 - len(CONTENT)))):
        file.pieces[name] = seal_small(key, aad, padded, NONCE).hex()
        file.invalid(name, "open_message", **good, sealed={"$piece": name})
    file.invalid("too long", "seal_message", **good, content={"$repeat": "61", "$times": 65536}, nonce=NONCE)
    return file


def own_file(*, reseal):
    """Own records and drafts."""
    file = VectorFile("own", "What the code alone opens.", reseal=reseal)
    good = {"stretched": KEY, "portal_id": PORTAL, "report_id": REPORT}
    changes = {"stretched": some("another key", 32), "portal_id": ANOTHER_ID, "report_id": ANOTHER_ID}
    sealed_and_bound(file, own.seal_own, "open_own", good, changes)
    draft = {"stretched": KEY, "portal_id": PORTAL, "draft_id": RECORD}
    changes = {"stretched": some("another key", 32), "portal_id": ANOTHER_ID, "draft_id": ANOTHER_ID}
    sealed_and_bound(file, own.seal_draft, "open_draft", draft, changes)
    file.invalid("a draft is no own record", "open_own", **{**good, "report_id": RECORD},
                 sealed={"$piece": "by seal_draft"})  # fmt: skip
    return file


def summary_file(*, reseal):
    """Summaries and match tags."""
    file = VectorFile("summary", "Summaries of opened letters, and match tags.", reseal=reseal)
    good = {"summary_key": KEY, "portal_id": PORTAL, "slug": "centre-a", "report_id": REPORT, "epoch_kid": EPOCH.kid,
            "sealed_hash": some("sealed hash", 32), "version": 3}  # fmt: skip
    changes = {"summary_key": some("another key", 32), "portal_id": ANOTHER_ID, "slug": "centre-b",
               "report_id": ANOTHER_ID, "epoch_kid": OTHER.kid, "sealed_hash": some("another hash", 32),
               "version": 2}  # fmt: skip
    sealed_and_bound(file, summary.seal_summary, "open_summary", good, changes)
    for kind, canonical in (
        ("url", "https://example.test/a?b=1"),
        ("site", "example.test"),
        ("poster", "example.test/@가"),
    ):
        file.valid("a tag", "match_tag", canonicaliser_version=1, kind=kind, canonical=canonical)
    file.valid("another kind, another tag", "match_tag", canonicaliser_version=1, kind="url", canonical="example.test")
    file.valid("another version, another tag", "match_tag", canonicaliser_version=2, kind="site",
               canonical="example.test")  # fmt: skip
    file.invalid("an unknown kind", "match_tag", canonicaliser_version=1, kind="image", canonical="x")
    return file


def work_record_file(*, reseal):
    """Work records."""
    file = VectorFile("work_record", "Work records under an epoch's seed.", reseal=reseal)
    good = {"epoch_seed": KEY, "record_type": "note", "portal_id": PORTAL, "slug": "centre-a", "epoch_kid": EPOCH.kid,
            "record_id": RECORD, "version": 1}  # fmt: skip
    changes = {"epoch_seed": some("another key", 32), "record_type": "request", "portal_id": ANOTHER_ID,
               "slug": "centre-b", "epoch_kid": OTHER.kid, "record_id": ANOTHER_ID, "version": 2}  # fmt: skip
    sealed_and_bound(file, work_record.seal_record, "open_record", good, changes)
    file.invalid("an unknown type", "seal_record", **{**good, "record_type": "photo"}, content=CONTENT, nonce=NONCE)
    file.invalid("too long", "seal_record", **good, content={"$repeat": "61", "$times": 65536}, nonce=NONCE)
    return file


def caseworker_key_file(*, reseal):
    """Passphrases and wrapped seeds."""
    file = VectorFile("caseworker_key", "From a passphrase to a caseworker's seed. Argon2id, 64 MiB.", reseal=reseal)
    phrase, composed = "정확한 말 배터리 horse", "\ud55c\uae00"
    for comment, passphrase, login in (
        ("a passphrase", phrase, "minji"),
        ("another login", phrase, "seoyun"),
        ("composed Hangul", composed, "minji"),
    ):
        file.valid(comment, "root", passphrase=passphrase, portal_id=PORTAL, login=login, parameter_set=1)
    same = file.tests[-1]["output"]["$hex"]
    file.valid("decomposed Hangul is the same passphrase", "root", passphrase="\u1112\u1161\u11ab\u1100\u1173\u11af",
               portal_id=PORTAL, login="minji", parameter_set=1, output=bytes.fromhex(same))  # fmt: skip
    for number in (0, 2):
        file.invalid("an unknown parameter set", "root", passphrase=phrase, portal_id=PORTAL, login="minji",
                     parameter_set=number)  # fmt: skip
    file.valid("what the server gets", "sign_in_key", root_key=KEY)
    file.valid("what the server stores", "sign_in_hash", sign_in=KEY)
    file.valid("what stays in the browser", "wrap_key", root_key=KEY)
    bound = {"wrap": KEY, "portal_id": PORTAL, "slug": "centre-a", "kid": EPOCH.kid}
    file.valid("a wrapped seed", "wrap_seed", **bound, seed=EPOCH.seed, nonce=NONCE)
    file.pieces["wrapped"] = caseworker_key.wrap_seed(**bound, seed=EPOCH.seed, nonce=NONCE).hex()
    file.valid("unwrapped", "unwrap_seed", **bound, wrapped={"$piece": "wrapped"}, output=EPOCH.seed)
    for name, other in (("wrap", some("x", 32)), ("portal_id", ANOTHER_ID), ("slug", "centre-b"), ("kid", OTHER.kid)):
        file.invalid(f"another {name}", "unwrap_seed", **{**bound, name: other}, wrapped={"$piece": "wrapped"})
    for place in (0, 12, 59):
        file.invalid("a flipped bit", "unwrap_seed", **bound, wrapped={"$piece": "wrapped", "$flip": place})
    file.pieces["of another kid"] = caseworker_key.wrap_seed(**bound, seed=OTHER.seed, nonce=NONCE).hex()
    file.invalid("a seed that is not the kid's", "unwrap_seed", **bound, wrapped={"$piece": "of another kid"})
    file.invalid("a seed of another length", "wrap_seed", **bound, seed=bytes(31), nonce=NONCE)
    file.valid("what a passkey's PRF is asked for", "prf_input", portal_id=PORTAL)
    file.valid("of another portal", "prf_input", portal_id=ANOTHER_ID)
    file.valid("what wraps the seed for a passkey", "prf_wrap", prf_output=KEY)
    for length in (0, 31, 33):
        file.invalid("PRF output of another length", "prf_wrap", prf_output=bytes(length))
    return file


def custody_file(*, reseal):
    """Ledger leaves."""
    file = VectorFile("custody", "What the ledger records.", reseal=reseal)
    good = {"log_key": KEY, "portal_id": PORTAL, "report_id": REPORT, "kid": EPOCH.kid, "sealed": b"an envelope"}
    file.valid("a leaf", "leaf", **good)
    for name, other in (("log_key", some("x", 32)), ("kid", OTHER.kid), ("sealed", b"an envelopf")):
        file.valid(f"another {name}, another leaf", "leaf", **{**good, name: other})
    return file
