"""Vectors of keyrings: what is one, what signs it, what follows what, and which to believe."""

from datetime import date

from app.crypto import keyring
from app.crypto.signing import sign
from app.domain.keyring_content import without_seeds
from app.domain.vocabulary import ROLES
from app.domain.wire import b64u_decode, b64u_encode
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.chains import chain, epoch
from tests.vectors.recipes.letters import canonical, reordered, text_of, without
from tests.vectors.recipes.sealing import ANOTHER_ID, OTHER, PORTAL

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


def signed_by(ring, number):
    """Give a ring signed by the key of epoch `number`, whoever may sign it."""
    signature = sign(some(f"signing {number}", 32), keyring.signed_message(ring, PORTAL))
    return {**ring, "signature": b64u_encode(signature)}


def resigned(ring, number, *, seeds=True):
    """Give a changed ring with a right signature by the key of epoch `number`."""
    return signed_by(ring if seeds else without_seeds(ring), number)


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
    for role in ROLES:
        file.valid(f"what a {role} gets", "copy_for", ring=SECOND, role=role)
    file.invalid("an unknown role gets nothing", "copy_for", ring=SECOND, role="root")
    return file


def keyring_file(*, reseal):
    """Signatures and successions."""
    file = VectorFile("keyring", "What signs a ring, and what follows what.", reseal=reseal)
    file.valid("what is signed", "core", ring=SECOND)
    file.valid("the same for a viewer's copy", "core", ring=without_seeds(SECOND), output=keyring.core(SECOND))
    for ring in (FIRST, SECOND, THIRD, without_seeds(SECOND)):
        file.valid("signed by its own newest key", "check_ring", ring=ring, portal_id=PORTAL,
                   slug="centre-a", signing_key=newest(ring))  # fmt: skip
    good = {"ring": SECOND, "portal_id": PORTAL, "slug": "centre-a", "signing_key": newest(SECOND)}
    other = epoch(9)
    for comment, changes in (
        ("another key in force", {"signing_key": newest(FIRST)}),
        ("signed by the key before", {"ring": signed_by(SECOND, 0)}),
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
    return following(believing(file))


def following(file):
    """What comes right after what."""
    entries, _directory = chain()
    good = {"ring": SECOND, "before": FIRST, "portal_id": PORTAL, "chain": entries[:2]}
    file.valid("the second follows the first", "check_following", **good)
    file.valid("the third follows the second", "check_following", **{**good, "ring": THIRD, "before": SECOND})
    other = epoch(9)
    for comment, field, changes in (
        ("the third does not follow the first", "keyring.prev", {"ring": THIRD}),
        ("nothing follows itself", "keyring.prev", {"before": SECOND}),
        ("the right number after another ring", "keyring.prev",
         {"ring": resigned({**SECOND, "prev": keyring.seen(THIRD)["core"]}, 1)}),
        ("the right ring with another number", "keyring.prev", {"ring": resigned({**SECOND, "seq": 3}, 1)}),
        ("the chain has not come as far", "keyring.epochs", {"chain": entries[:1]}),
        ("the chain has another next", "keyring.epochs", {"chain": [entries[0], entries[2]]}),
        ("no epoch is left out between", "keyring.epochs",
         {"ring": resigned({**SECOND, "epochs": [SECOND["epochs"][0], epoch(2)]}, 2), "chain": entries}),
        ("the one before is changed", "keyring.epochs",
         {"ring": resigned(with_epoch(SECOND, 0, summary_key=other["summary_key"]), 1)}),
        ("the same epoch with another summary key", "keyring.epochs",
         {"ring": resigned(with_epoch(THIRD, 0, summary_key=other["summary_key"]), 1), "before": SECOND}),
        ("an old epoch comes back", "keyring.epochs",
         {"ring": resigned({**SECOND, "seq": 4, "prev": keyring.seen(THIRD)["core"]}, 1), "before": THIRD}),
    ):  # fmt: skip
        file.invalid(comment, "check_following", names=field, **{**good, **changes})
    return file


def believing(file):
    """One ring, the chain, and what was seen before."""
    entries, _directory = chain()
    file.valid("what is remembered", "seen", ring=SECOND)
    good = {"ring": SECOND, "portal_id": PORTAL, "slug": "centre-a", "chain": entries[:2], "caseworker_kid": OTHER.kid,
            "before": None}  # fmt: skip
    viewer = resigned({**SECOND, "members": MEMBERS}, 1)
    forked = resigned({**SECOND, "members": MEMBERS[::-1]}, 1)
    for comment, changes in (
        ("by the chain alone", {}),
        ("the first", {"ring": FIRST, "chain": entries[:1]}),
        ("an epoch left", {"ring": THIRD}),
        ("seen before", {"before": keyring.seen(SECOND)}),
        ("right after what was seen", {"before": keyring.seen(FIRST)}),
        ("long after what was seen", {"ring": THIRD, "before": keyring.seen(FIRST)}),
        ("a viewer's copy", {"ring": without_seeds(viewer), "caseworker_kid": some("viewer")}),
    ):
        file.valid(comment, "check_against_chain", **{**good, **changes})
    nobodys = with_epoch(SECOND, 0, kid=epoch(9)["kid"])["epochs"][0]
    for comment, field, changes in (
        ("invented", "keyring.epochs",
         {"ring": keyring.first_ring(PORTAL, "centre-a", some("recovery"), MEMBERS, epoch(9))}),
        ("an epoch of nobody's among them", "keyring.epochs",
         {"ring": resigned({**SECOND, "epochs": [nobodys, SECOND["epochs"][1]]}, 1)}),
        ("an epoch of nobody's after the first", "keyring.epochs",
         {"ring": resigned({**SECOND, "seq": 3, "epochs": [SECOND["epochs"][0], nobodys,
                                                          {**epoch(2), "retired_on": None}]}, 2),
          "chain": [entries[0], entries[1], entries[2]]}),
        ("epochs in another order than the chain's", "keyring.epochs", {"chain": entries[1::-1]}),
        ("of another organisation", "keyring.organisation", {"slug": "centre-b"}),
        ("of another portal", "signature", {"portal_id": ANOTHER_ID}),
        ("cut", "keyring.members", {"ring": {**SECOND, "members": []}}),
        ("signed by the epoch before, at its own number", "signature", {"ring": signed_by(SECOND, 0)}),
        ("signed by the epoch before, later", "signature", {"ring": signed_by({**SECOND, "seq": 9}, 0)}),
        ("signed by the epoch before, without seeds", "signature",
         {"ring": without_seeds(signed_by({**viewer, "seq": 9}, 0)), "caseworker_kid": some("viewer")}),
        ("older than the chain", "keyring.epochs", {"ring": FIRST}),
        ("newer than the chain", "keyring.epochs", {"chain": entries[:1]}),
        ("no chain", "keyring.epochs", {"chain": []}),
        ("fewer rings than epochs", "keyring.seq", {"ring": {**resigned({**FIRST, "epochs": THIRD["epochs"]}, 1)}}),
        ("somebody else's", "keyring.members", {"caseworker_kid": ANOTHER_ID}),
        ("a lead's without seeds", "keyring.members", {"ring": without_seeds(SECOND)}),
        ("a viewer's with seeds", "keyring.members", {"ring": viewer, "caseworker_kid": some("viewer")}),
        ("rolled back", "keyring.seq", {"before": keyring.seen(THIRD)}),
        ("another with the number of one that was seen", "keyring.prev",
         {"ring": forked, "before": keyring.seen(SECOND)}),
        ("follows another than the one that was seen", "keyring.prev",
         {"ring": THIRD, "before": keyring.seen(forked)}),
        ("a chain without the epoch that was seen", "keyring.chain",
         {"ring": FIRST, "chain": entries[:1], "before": {**keyring.seen(SECOND), "seq": 1}}),
    ):  # fmt: skip
        file.invalid(comment, "check_against_chain", names=field, **{**good, **changes})
    return file
