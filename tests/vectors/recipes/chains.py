"""Vectors of the directory's chains."""

from app.crypto import epoch_chain, keyring
from app.crypto.recipient_key import fingerprint, from_seed
from app.crypto.signing import signing_key_of
from app.domain.wire import b64u_encode
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.sealing import ANOTHER_ID, OTHER, PORTAL


def epoch(number):
    """Give the keys of one epoch."""
    return keyring.new_epoch(some(f"seed {number}", 32), some(f"signing {number}", 32), some(f"summary {number}", 32))


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
        "fingerprint": fingerprint(signing_key_of(some("signing 0", 32))), "chain": entries, "earlier": [],
    }  # fmt: skip
    return entries, {"v": 1, "portal_id": b64u_encode(PORTAL), "organisations": [organisation]}


def broken_chain(first, length, slug="centre-a"):
    """Give a chain of other keys, as the directory shows one that broke."""
    entries = []
    for index in range(length):
        signing_key = signing_key_of(some(f"signing {first + index}", 32))
        kid = from_seed(some(f"seed {first + index}", 32)).kid
        signer = some(f"signing {first + max(index - 1, 0)}", 32)
        entries.append(epoch_chain.sign_entry(PORTAL, slug, index, signing_key, kid, signer))
    printed = fingerprint(signing_key_of(some(f"signing {first}", 32)))
    return {"fingerprint": printed, "ended_on": "2026-11-22", "chain": entries}


def break_vectors(file, directory, entries):
    """Add a directory that marks two breaks, what of it must not be believed, and which names are over."""
    organisation = directory["organisations"][0]
    first, second = broken_chain(10, 2), {**broken_chain(20, 1), "ended_on": "2027-01-31"}
    broken = {**organisation, "earlier": [first, second]}
    whole = {**directory, "organisations": [broken]}
    file.valid("a directory with two breaks", "verify_directory", directory=whole, output=whole)
    continued = [*first["chain"], *entries]
    for comment, changes in (
        ("a break that is not marked", {"chain": continued, "fingerprint": first["fingerprint"], "earlier": []}),
        ("no word of earlier chains", {"earlier": None}),
        ("an earlier chain with another fingerprint", {"earlier": [{**first, "fingerprint": second["fingerprint"]}]}),
        ("an earlier chain that does not hold", {"earlier": [{**first, "chain": first["chain"][1:]}]}),
        ("an earlier chain of another organisation", {"earlier": [broken_chain(10, 2, "centre-b")]}),
        ("an earlier chain that is in force", {"earlier": [
            {"fingerprint": organisation["fingerprint"], "ended_on": "2026-11-22", "chain": entries[:2]}]}),
        ("one earlier chain twice", {"earlier": [first, first]}),
        ("two earlier chains that share a key", {"earlier": [first, broken_chain(11, 1)]}),
        ("two that share a key, and one between them", {"earlier": [first, second, broken_chain(11, 1)]}),
        ("a second earlier chain that is in force", {"earlier": [first, broken_chain(1, 2)]}),
        ("a break on no day", {"earlier": [{**first, "ended_on": "2026-02-30"}]}),
        ("an empty earlier chain", {"earlier": [{**first, "chain": []}]}),
    ):  # fmt: skip
        changed = {**directory, "organisations": [{**organisation, **changes}]}
        file.invalid(comment, "verify_directory", directory=changed)
    for comment, name, day in (
        ("a fingerprint on old paper", first["fingerprint"], "2026-11-22"),
        ("the kid of an old letter", second["chain"][0]["kid"], "2027-01-31"),
        ("the kid in force", organisation["kid"], None),
        ("the fingerprint in force", organisation["fingerprint"], None),
        ("a kid of no chain", b64u_encode(ANOTHER_ID), None),
    ):
        file.valid(comment, "ended_on", organisation=broken, name=name, output=day)


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
    break_vectors(file, directory, entries)
    file.invalid("one slug twice", "verify_directory", directory={**directory, "organisations": [organisation] * 2})
    return file
