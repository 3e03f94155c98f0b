"""Vectors of keyrings and of the directory's chains."""

from datetime import date

from app.crypto import epoch_chain, keyring
from app.crypto.recipient_key import fingerprint, from_seed
from app.crypto.signing import signing_key_of
from app.domain.keyring_content import without_seeds
from app.domain.wire import b64u_decode, b64u_encode
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.letters import canonical, reordered, text_of, without
from tests.vectors.recipes.sealing import ANOTHER_ID, OTHER, PORTAL


def epoch(number):
    """Give the keys of one epoch."""
    return keyring.new_epoch(some(f"seed {number}", 32), some(f"signing {number}", 32), some(f"summary {number}", 32))


MEMBERS = [
    {"kid": b64u_encode(OTHER.kid), "role": "lead"},
    {"kid": b64u_encode(some("viewer")), "role": "viewer"},
]
FIRST = keyring.first_ring(PORTAL, "centre-a", some("recovery"), MEMBERS, epoch(0))
SECOND = keyring.next_ring(PORTAL, FIRST, members=MEMBERS[:1], epoch=epoch(1), retired_on=date(2026, 11, 22))
THIRD = keyring.next_ring(PORTAL, SECOND, recovery_kid=some("another recovery"),
                          dropped=frozenset({FIRST["epochs"][0]["kid"]}))  # fmt: skip


def newest(ring):
    return b64u_decode(ring["epochs"][-1]["signing_key"], "signing_key", 32)


def with_epoch(ring, number, **changes):
    """Give a ring one of whose epochs is changed."""
    epochs = [dict(each) for each in ring["epochs"]]
    epochs[number].update(changes)
    return {**ring, "epochs": epochs}


def keyring_content(*, reseal):
    """What is, and is not, a ring."""
    file = VectorFile("keyring_content", "Rings as JSON.", reseal=reseal)
    for comment, ring in (
        ("the first", FIRST),
        ("the second", SECOND),
        ("a viewer's copy", without_seeds(SECOND)),
        ("an epoch left", THIRD),
    ):
        file.valid(comment, "parse_keyring", plaintext=text_of(ring), output=ring)
    for comment, ring in (
        ("the first with a predecessor", {**FIRST, "prev": b64u_encode(bytes(32))}),
        ("the second without", {**SECOND, "prev": None}),
        ("number 0", {**FIRST, "seq": 0}),
        ("nobody in it", {**FIRST, "members": []}),
        ("somebody twice", {**FIRST, "members": MEMBERS[:1] * 2}),
        ("an unknown role", {**FIRST, "members": [{**MEMBERS[0], "role": "root"}]}),
        ("no epoch", {**FIRST, "epochs": []}),
        ("one epoch twice", {**SECOND, "epochs": [SECOND["epochs"][0], *SECOND["epochs"]]}),
        ("two epochs in force", with_epoch(SECOND, 0, retired_on=None)),
        ("no epoch in force", with_epoch(SECOND, 1, retired_on="2026-11-22")),
        ("epochs newest first", {**SECOND, "epochs": SECOND["epochs"][::-1]}),
        ("half of the seeds", with_epoch(SECOND, 0, seed=None)),
        ("a signing seed alone", with_epoch(FIRST, 0, seed=None)),
        ("a short seed", with_epoch(FIRST, 0, seed=b64u_encode(bytes(31)))),
        ("no summary key", with_epoch(FIRST, 0, summary_key=None)),
        ("no real day", with_epoch(SECOND, 0, retired_on="2026-02-29")),
        ("an unknown field", {**FIRST, "extra": 1}),
        ("without its signature", without(FIRST, "signature")),
        ("another order", reordered(FIRST)),
        ("another version", {**FIRST, "v": 2}),
    ):
        file.invalid(comment, "parse_keyring", plaintext=text_of(ring))
    file.invalid("a duplicate field", "parse_keyring", plaintext={"$utf8": canonical(FIRST)[:-1] + ',"v":1}'})
    file.valid("without seeds", "without_seeds", ring=SECOND)
    return file


def keyring_file(*, reseal):
    """Signatures and successions."""
    file = VectorFile("keyring", "What signs a ring, and what follows what.", reseal=reseal)
    file.valid("what is signed", "core", ring=SECOND)
    file.valid("the same for a viewer's copy", "core", ring=without_seeds(SECOND), output=keyring.core(SECOND))
    for ring, signer in ((FIRST, FIRST), (SECOND, FIRST), (THIRD, SECOND), (without_seeds(SECOND), FIRST)):
        file.valid("signed by the newest key of the ring before", "check_ring", ring=ring, portal_id=PORTAL,
                   slug="centre-a", signing_key=newest(signer))  # fmt: skip
    good = {"ring": SECOND, "portal_id": PORTAL, "slug": "centre-a", "signing_key": newest(FIRST)}
    other = epoch(9)
    for comment, changes in (
        ("signed by its own newest key", {"signing_key": newest(SECOND)}),
        ("another portal", {"portal_id": ANOTHER_ID}),
        ("another organisation", {"slug": "centre-b"}),
        ("renamed", {"ring": {**SECOND, "organisation": "centre-b"}, "slug": "centre-b"}),
        ("another number", {"ring": {**SECOND, "seq": 3}}),
        ("another predecessor", {"ring": {**SECOND, "prev": b64u_encode(bytes(32))}}),
        ("another recovery key", {"ring": {**SECOND, "recovery_kid": b64u_encode(ANOTHER_ID)}}),
        ("somebody added", {"ring": {**SECOND, "members": MEMBERS}}),
        ("another role", {"ring": {**SECOND, "members": [{**MEMBERS[0], "role": "caseworker"}]}}),
        ("an epoch cut", {"ring": {**SECOND, "epochs": SECOND["epochs"][1:]}}),
        ("another epoch", {"ring": {**SECOND, "epochs": [SECOND["epochs"][0], other]}}),
        ("another summary key", {"ring": with_epoch(SECOND, 1, summary_key=other["summary_key"])}),
        ("another day", {"ring": with_epoch(SECOND, 0, retired_on="2026-11-23")}),
        ("a seed that is not the kid's", {"ring": with_epoch(SECOND, 1, seed=other["seed"])}),
        ("a signing seed that is not the key's", {"ring": with_epoch(SECOND, 1, signing_seed=other["signing_seed"])}),
        ("a flipped signature", {"ring": {**SECOND, "signature": b64u_encode(bytes(64))}}),
    ):
        file.invalid(comment, "check_ring", **{**good, **changes})
    file.valid("the second follows the first", "check_following", ring=SECOND, before=FIRST, portal_id=PORTAL)
    file.valid("the third follows the second", "check_following", ring=THIRD, before=SECOND, portal_id=PORTAL)
    file.invalid("the third does not follow the first", "check_following", ring=THIRD, before=FIRST, portal_id=PORTAL)
    file.invalid("nothing follows itself", "check_following", ring=SECOND, before=SECOND, portal_id=PORTAL)
    return file


def chain():
    """Give a chain of three entries and the directory that serves it."""
    entries = []
    for index in range(3):
        signer = some(f"signing {max(index - 1, 0)}", 32)
        kid = from_seed(some(f"seed {index}", 32)).kid
        signing_key = signing_key_of(some(f"signing {index}", 32))
        entries.append(epoch_chain.sign_entry(PORTAL, "centre-a", index, signing_key, kid, signer))
    pair = from_seed(some("seed 2", 32))
    organisation = {
        "slug": "centre-a", "kind": "support_centre", "name": {"ko": "가 센터", "en": "Centre A"}, "region": "seoul",
        "kid": b64u_encode(pair.kid), "public_key": b64u_encode(pair.public_key),
        "signing_key": entries[-1]["signing_key"],
        "fingerprint": fingerprint(signing_key_of(some("signing 0", 32))), "chain": entries,
    }  # fmt: skip
    return entries, {"v": 1, "portal_id": b64u_encode(PORTAL), "organisations": [organisation]}


def epoch_chain_file(*, reseal):
    """Chains and directories."""
    file = VectorFile("epoch_chain", "From a fingerprint to the key in force.", reseal=reseal)
    entries, directory = chain()
    good = {"portal_id": PORTAL, "slug": "centre-a", "chain": entries}
    file.valid("the first entry signs itself", "sign_entry", portal_id=PORTAL, slug="centre-a", index=0,
               signing_key=signing_key_of(some("signing 0", 32)), kid=from_seed(some("seed 0", 32)).kid,
               signer_seed=some("signing 0", 32), output=entries[0])  # fmt: skip
    file.valid("three entries", "verify_chain", **good, output=entries[2])
    file.valid("one entry", "verify_chain", **{**good, "chain": entries[:1]}, output=entries[0])
    for comment, changes in (
        ("another portal", {"portal_id": ANOTHER_ID}),
        ("another organisation", {"slug": "centre-b"}),
        ("empty", {"chain": []}),
        ("the first missing", {"chain": entries[1:]}),
        ("the middle missing", {"chain": [entries[0], entries[2]]}),
        ("swapped", {"chain": [entries[0], entries[2], entries[1]]}),
        ("another kid", {"chain": [*entries[:2], {**entries[2], "kid": b64u_encode(ANOTHER_ID)}]}),
        ("another key", {"chain": [{**entries[0], "signing_key": entries[1]["signing_key"]}, *entries[1:]]}),
        ("another signature", {"chain": [*entries[:2], {**entries[2], "signature": entries[1]["signature"]}]}),
    ):
        file.invalid(comment, "verify_chain", **{**good, **changes})
    file.valid("a directory", "verify_directory", directory=directory, output=directory)
    organisation = directory["organisations"][0]
    for comment, changes in (
        ("another fingerprint", {"fingerprint": fingerprint(some("x", 32))}),
        ("another public key", {"public_key": b64u_encode(OTHER.public_key)}),
        (
            "another public key with its kid",
            {"public_key": b64u_encode(OTHER.public_key), "kid": b64u_encode(OTHER.kid)},
        ),
        ("an older kid", {"kid": entries[1]["kid"]}),
        ("an older signing key", {"signing_key": entries[1]["signing_key"]}),
        ("a cut chain", {"chain": entries[:2]}),
        ("another slug", {"slug": "centre-b"}),
        ("an unknown kind", {"kind": "church"}),
        ("an unknown field", {"extra": 1}),
    ):
        changed = {**directory, "organisations": [{**organisation, **changes}]}
        file.invalid(comment, "verify_directory", directory=changed)
    file.invalid("one slug twice", "verify_directory", directory={**directory, "organisations": [organisation] * 2})
    return file
