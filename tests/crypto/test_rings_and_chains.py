"""Rings and chains that are nearly right, each in one place only; and chunks of a backup at their exact lengths.

Everything here is signed by whoever may sign: what is refused is refused for what it says.
"""

from datetime import date

import pytest

from app.crypto import epoch_chain, keyring
from app.crypto.backup import CHUNK, seal_chunk
from app.crypto.backup_opening import open_chunk
from app.domain.keyring_content import check_keyring
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from tests.vectors.recipe import some
from tests.vectors.recipes.sealing import PORTAL

SLUG, DAY, LEAD = "centre-a", "2026-03-09", some("caseworker")[:16]
MEMBERS = [{"kid": b64u_encode(LEAD), "role": "lead"}]
FIRST, SECOND, THIRD, STRANGE = EPOCHS = [keyring.new_epoch() for _epoch in range(4)]


def entry(epoch, index, signer, kid=None):
    signing_key, own_kid = b64u_decode(epoch["signing_key"], ""), b64u_decode(epoch["kid"], "")
    seed = b64u_decode(signer["signing_seed"], "")
    return epoch_chain.sign_entry(PORTAL, SLUG, index, signing_key, kid or own_kid, seed)


CHAIN = [entry(FIRST, 0, FIRST), entry(SECOND, 1, FIRST), entry(THIRD, 2, SECOND)]


def ring_of(*epochs, seq=4, before=None, **changed):
    """A ring with these epochs, the last in force, signed by it."""
    ended = [{**one, "retired_on": DAY} for one in epochs[:-1]]
    prev = some("prev", 32) if before is None else keyring.sha256(keyring.core(before))
    ring = {
        "v": 1, "organisation": SLUG, "seq": seq, "prev": b64u_encode(prev), "recovery_kid": b64u_encode(LEAD),
        "members": MEMBERS, "epochs": [*ended, epochs[-1]], "signature": b64u_encode(bytes(64)), **changed,
    }  # fmt: skip
    return check_keyring(keyring._signed(ring, PORTAL, epochs[-1]))


def against(ring, chain=CHAIN, before=None):
    keyring.check_against_chain(ring, PORTAL, SLUG, chain, LEAD, before)


def refused(field, check, *arguments):
    with pytest.raises(FormatError) as caught:
        check(*arguments)
    assert caught.value.field == field


def test_a_ring_may_have_left_epochs_but_has_none_of_its_own():
    for right in ([FIRST, SECOND, THIRD], [FIRST, THIRD], [THIRD]):
        against(ring_of(*right))
    for wrong in ([STRANGE, THIRD], [FIRST, STRANGE, THIRD], [STRANGE, SECOND, THIRD]):
        refused("keyring.epochs", against, ring_of(*wrong))


def test_its_epochs_stand_in_the_order_of_the_chain():
    refused("keyring.epochs", against, ring_of(SECOND, FIRST, THIRD))


def test_its_epochs_end_where_the_chain_ends():
    refused("keyring.epochs", against, ring_of(FIRST, SECOND))
    refused("keyring.epochs", against, ring_of(FIRST, STRANGE))


def test_what_was_seen_in_the_only_epoch_is_believed_again():
    ring = ring_of(FIRST, seq=2)
    against(ring, CHAIN[:1], keyring.seen(ring))


def test_a_chain_without_the_key_that_was_seen_is_another():
    ring = ring_of(FIRST, SECOND, THIRD)
    refused("keyring.chain", against, ring, CHAIN, {**keyring.seen(ring), "kid": STRANGE["kid"]})
    against(ring, CHAIN, {**keyring.seen(ring), "kid": SECOND["kid"]})


def test_no_earlier_epoch_of_a_ring_that_follows_has_changed():
    before = ring_of(FIRST, SECOND, THIRD)
    other = {**SECOND, "summary_key": STRANGE["summary_key"]}
    changed = ring_of(FIRST, other, THIRD, seq=5, before=before)
    refused("keyring.epochs", keyring.check_following, changed, before, PORTAL, CHAIN)


@pytest.mark.parametrize("epochs", [[FIRST], [FIRST, SECOND, THIRD]], ids=len)
def test_a_ring_with_no_new_key_follows_with_the_newest_unchanged(epochs):
    before, chain = ring_of(*epochs), CHAIN[: len(epochs)]
    keyring.check_following(keyring.next_ring(PORTAL, before), before, PORTAL, chain)
    newest = {**epochs[-1], "summary_key": STRANGE["summary_key"]}
    changed = ring_of(*epochs[:-1], newest, seq=5, before=before)
    refused("keyring.epochs", keyring.check_following, changed, before, PORTAL, chain)


def test_a_new_key_follows_the_newest_and_no_earlier_one():
    before = ring_of(FIRST, SECOND, seq=2)
    following = keyring.next_ring(PORTAL, before, epoch=THIRD, retired_on=date(2026, 3, 9))
    keyring.check_following(following, before, PORTAL, CHAIN)
    beside = [*CHAIN[:1], entry(THIRD, 1, FIRST)]
    refused("keyring.epochs", keyring.check_following, following, before, PORTAL, beside)


@pytest.mark.parametrize("length", [15, 17])
def test_a_kid_in_a_chain_has_its_length_however_well_it_is_signed(length):
    refused("chain.0.kid", epoch_chain.verify_chain, PORTAL, SLUG, [entry(FIRST, 0, FIRST, bytes(length))])


def test_an_entry_of_another_length_is_named():
    for name, length in (("signing_key", 31), ("signature", 63)):
        short = {**CHAIN[1], name: b64u_encode(b64u_decode(CHAIN[1][name], "")[:length])}
        refused(f"chain.1.{name}", epoch_chain.verify_chain, PORTAL, SLUG, [CHAIN[0], short])


def test_every_chunk_but_the_last_is_full_and_only_the_first_may_be_empty():
    key = some("file key")
    for number, last, length in ((0, False, CHUNK), (1, False, CHUNK), (1, True, CHUNK), (1, True, 1), (0, True, 0)):
        assert open_chunk(key, number, last, seal_chunk(key, number, last, bytes(length))) == bytes(length)
    wrong = ((0, False, CHUNK - 1), (1, True, 0), (2, True, 0), (0, True, CHUNK + 1), (0, False, CHUNK + 1))
    for number, last, length in wrong:
        refused("sealed", open_chunk, key, number, last, seal_chunk(key, number, last, bytes(length)))
