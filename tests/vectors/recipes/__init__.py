"""What is in each vector file."""

from tests.vectors.recipes import addresses, basics, keyrings, letters, sealing, shared_keys, states, texts

FILES = (
    basics.encoding,
    basics.padding,
    basics.recipient_key,
    basics.signing,
    basics.receipt,
    texts.elsewhere,
    texts.wire,
    texts.words,
    texts.receipt_code,
    letters.letter_file,
    letters.message_content,
    letters.own_record,
    keyrings.keyring_content,
    keyrings.keyring_file,
    keyrings.epoch_chain_file,
    sealing.envelope_file,
    shared_keys.message_file,
    shared_keys.own_file,
    shared_keys.summary_file,
    shared_keys.work_record_file,
    shared_keys.caseworker_key_file,
    shared_keys.custody_file,
    states.referral_state_file,
    states.item_state_file,
    addresses.canonical_url,
    addresses.platform,
    addresses.image_text,
    addresses.compartment,
)
