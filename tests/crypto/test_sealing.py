"""Every purpose sealed anew and opened; what cannot be sealed or signed is refused before it goes anywhere."""

from datetime import date

import pytest

from app.crypto import envelope, epoch_chain, keyring, message, opening, own, padding, recipient_key
from app.crypto.signing import sign, signing_key_of
from app.domain.keyring_content import check_keyring, keyring_json, parse_keyring, without_seeds
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from tests.vectors.recipe import some
from tests.vectors.recipes.keyrings import FIRST, MEMBERS, SECOND
from tests.vectors.recipes.sealing import EPOCH, LETTER, OTHER, PORTAL, RECORD, REFERRAL, REPORT, SIGNING_SEED

SIGNING_KEY = signing_key_of(SIGNING_SEED)


def test_a_letter_moves_to_a_newer_epoch_with_its_padding():
    sealed = envelope.seal_letter(EPOCH.public_key, PORTAL, REPORT, EPOCH.kid, "browser", LETTER, 16384)
    info = envelope.report_info(PORTAL, REPORT, EPOCH.kid, "browser")
    padded = opening.open_padded(EPOCH.seed, info, sealed)
    moved = envelope.seal_reseal(OTHER.public_key, PORTAL, REPORT, OTHER.kid, EPOCH.kid, padded)
    assert len(moved) == len(sealed)
    assert opening.open_reseal(OTHER.seed, PORTAL, REPORT, EPOCH.kid, moved) == LETTER
    with pytest.raises(FormatError):
        envelope.seal_reseal(OTHER.public_key, PORTAL, REPORT, OTHER.kid, EPOCH.kid, LETTER)


def test_keys_that_somebody_kept_open_what_was_sealed_to_them_and_nothing_newer():
    """Of an old copy of the database all letters; of one from after, only what nobody moved to newer keys yet."""
    old = envelope.seal_letter(EPOCH.public_key, PORTAL, REPORT, EPOCH.kid, "browser", LETTER, 16384)
    assert opening.open_letter(EPOCH.seed, PORTAL, REPORT, "browser", old) == LETTER
    padded = opening.open_padded(EPOCH.seed, envelope.report_info(PORTAL, REPORT, EPOCH.kid, "browser"), old)
    moved = envelope.seal_reseal(OTHER.public_key, PORTAL, REPORT, OTHER.kid, EPOCH.kid, padded)
    newer = envelope.seal_letter(OTHER.public_key, PORTAL, REPORT, OTHER.kid, "browser", LETTER, 16384)
    for sealed in (moved, newer):
        with pytest.raises(FormatError):
            opening.open_letter(EPOCH.seed, PORTAL, REPORT, "browser", sealed)
    with pytest.raises(FormatError):
        opening.open_reseal(EPOCH.seed, PORTAL, REPORT, EPOCH.kid, moved)
    info = envelope.reseal_info(PORTAL, REPORT, OTHER.kid, EPOCH.kid)
    with pytest.raises(FormatError):
        opening.open_padded(EPOCH.seed, info, moved)
    assert opening.open_reseal(OTHER.seed, PORTAL, REPORT, EPOCH.kid, moved) == LETTER


def test_who_read_a_letter_can_read_its_thread_for_as_long_as_it_lasts_and_no_other():
    """Messages lie under the key that stands in the letter. It stays the same when the letter moves to newer keys."""
    kept, newer = some("reply key", 32), some("reply key of a later letter", 32)
    threads = {EPOCH.kid: kept, OTHER.kid: newer}
    before, after = some("message before"), some("message after leaving")
    for origin_kid, reply_key in threads.items():
        for message_id in (before, after):
            for direction in ("to_organisation", "to_reporter"):
                bound = (direction, PORTAL, REPORT, origin_kid, message_id)
                sealed = message.seal_message(reply_key, *bound, LETTER)
                if origin_kid == EPOCH.kid:
                    assert opening.open_message(kept, *bound, sealed) == LETTER
                    continue
                for key in (kept, EPOCH.seed, SIGNING_SEED):
                    with pytest.raises(FormatError):
                        opening.open_message(key, *bound, sealed)


def test_a_letter_passed_on_carries_its_signature():
    bound = (PORTAL, REPORT, OTHER.kid, REFERRAL, "centre-a")
    sealed = envelope.seal_referral(OTHER.public_key, *bound, SIGNING_SEED, LETTER)
    opened = opening.open_referral(OTHER.seed, PORTAL, REPORT, REFERRAL, "centre-a", SIGNING_KEY, sealed)
    assert opened == LETTER


def test_a_shared_list_carries_its_signature():
    sealed = envelope.seal_list(OTHER.public_key, PORTAL, OTHER.kid, RECORD, "centre-a", SIGNING_SEED, LETTER)
    assert opening.open_list(OTHER.seed, PORTAL, RECORD, "centre-a", SIGNING_KEY, sealed) == LETTER


def test_a_ring_reaches_every_member_and_the_paper():
    ring = keyring_json(FIRST)
    sealed = envelope.seal_keyring(OTHER.public_key, PORTAL, "centre-a", OTHER.kid, 1, ring)
    assert parse_keyring(opening.open_keyring(OTHER.seed, PORTAL, "centre-a", 1, sealed)) == FIRST
    paper = recipient_key.generate()
    sealed = envelope.seal_recovery(paper.public_key, PORTAL, "centre-a", 1, ring)
    assert parse_keyring(opening.open_recovery(paper.seed, PORTAL, "centre-a", 1, sealed)) == FIRST


def entry_of(epoch, index, signer):
    """Give an epoch's entry in the chain."""
    signing_key, kid = b64u_decode(epoch["signing_key"], "", 32), b64u_decode(epoch["kid"], "", 16)
    seed = b64u_decode(signer["signing_seed"], "", 32)
    return epoch_chain.sign_entry(PORTAL, "centre-a", index, signing_key, kid, seed)


def test_a_new_ring_is_signed_and_follows():
    ring = keyring.first_ring(PORTAL, "centre-a", some("recovery"), MEMBERS, keyring.new_epoch())
    chain = [entry_of(ring["epochs"][-1], 0, ring["epochs"][-1])]
    for day in (date(2026, 11, 22), date(2026, 12, 1)):
        following = keyring.next_ring(PORTAL, ring, epoch=keyring.new_epoch(), retired_on=day)
        chain.append(entry_of(following["epochs"][-1], len(chain), ring["epochs"][-1]))
        epoch_chain.verify_chain(PORTAL, "centre-a", chain)
        keyring.check_following(following, ring, PORTAL, chain)
        assert following["epochs"][-2]["retired_on"] == day.isoformat()
        assert following["epochs"][-1]["retired_on"] is None
        ring = check_keyring(following)
    assert [epoch["retired_on"] for epoch in ring["epochs"]] == ["2026-11-22", "2026-12-01", None]


def test_a_new_ring_has_what_was_changed_and_keeps_the_rest():
    ring = keyring.first_ring(PORTAL, "centre-a", some("recovery"), MEMBERS, keyring.new_epoch())
    fewer = keyring.next_ring(PORTAL, ring, members=MEMBERS[:1])
    assert (fewer["members"], fewer["recovery_kid"]) == (MEMBERS[:1], ring["recovery_kid"])
    paper = keyring.next_ring(PORTAL, fewer, recovery_kid=some("another recovery"))
    assert (paper["members"], paper["recovery_kid"]) == (MEMBERS[:1], b64u_encode(some("another recovery")))
    assert [after["seq"] for after in (ring, fewer, paper)] == [1, 2, 3]


@pytest.mark.parametrize("changed", [{"seq": 3}, {"seq": 9}, {"prev": b64u_encode(bytes(32))}])
def test_a_ring_with_a_wrong_number_or_a_wrong_hash_follows_nothing(changed):
    ring = keyring.first_ring(PORTAL, "centre-a", some("recovery"), MEMBERS, keyring.new_epoch())
    signer = b64u_decode(ring["epochs"][-1]["signing_seed"], "", 32)
    wrong = {**keyring.next_ring(PORTAL, ring, members=MEMBERS[:1]), **changed}
    wrong["signature"] = b64u_encode(sign(signer, keyring.signed_message(wrong, PORTAL)))
    keyring.check_ring(wrong, PORTAL, "centre-a", b64u_decode(ring["epochs"][-1]["signing_key"], "", 32))
    with pytest.raises(FormatError):
        keyring.check_following(wrong, ring, PORTAL, [entry_of(ring["epochs"][-1], 0, ring["epochs"][-1])])


def test_a_new_epoch_needs_the_day_the_old_one_ended():
    with pytest.raises(FormatError):
        keyring.next_ring(PORTAL, FIRST, epoch=keyring.new_epoch())


def test_who_holds_no_seeds_signs_no_ring():
    with pytest.raises(FormatError):
        keyring.next_ring(PORTAL, without_seeds(SECOND), members=MEMBERS)


def test_the_first_entry_of_a_chain_is_signed_by_itself():
    with pytest.raises(FormatError):
        epoch_chain.sign_entry(PORTAL, "centre-a", 0, SIGNING_KEY, EPOCH.kid, some("another", 32))


def test_all_keys_of_an_epoch_are_fresh():
    one, other = keyring.new_epoch(), keyring.new_epoch()
    values = [value for epoch in (one, other) for value in epoch.values() if value is not None]
    assert len(set(values)) == len(values) == 10
    assert b64u_encode(recipient_key.from_seed(b64u_decode(one["seed"], "")).kid) == one["kid"]


@pytest.mark.parametrize("length", [0, 4096, 5000, 262144])
def test_the_longest_letter_leaves_room_for_the_mark(length):
    with pytest.raises(FormatError):
        padding.pad(bytes(262144 + length), padding.LETTER_BUCKETS)


def test_an_unknown_label_has_no_key():
    with pytest.raises(FormatError):
        own.own_key(bytes(32), "tab")
