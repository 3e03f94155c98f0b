"""Valid bodies of what people send about their accounts and keys, and of letters passed on, for searches."""

import json

from app.domain import casework, invitation, passing_on, people, recovery, resealing, signing_in
from app.domain.sealed_length import (
    ENVELOPE_LENGTHS,
    KEYRING_LENGTHS,
    LETTER_BUCKETS,
    MESSAGE_LENGTHS,
    RECORD_BUCKETS,
    SUMMARY_STEP,
)
from app.domain.wire import b64u_encode


def some(length):
    return b64u_encode(bytes(length))


ID, KEY, PUBLIC, WRAPPED, COPY = map(some, (16, 32, 1216, 60, KEYRING_LENGTHS[0]))
STEP, SECRET = {"pending": KEY}, {"secret": KEY}
ASSERTION = {"credential_id": ID, "client_data": KEY, "authenticator_data": some(37), "signature": some(70)}
ACCOUNT = {"login": "min-ji.k", "public_key": PUBLIC, "parameter_set": 1, "sign_in": KEY, "wrapped_seed": WRAPPED}
EPOCH = {"public_key": PUBLIC, "signing_key": KEY, "signature": some(64)}
SHEET = {"kid": ID, "public_key": PUBLIC, "sealed": COPY}
RING = {"copies": [{"kid": ID, "sealed": COPY}], "recovery": SHEET}
SMALL = 28
PASSED_ON = {
    "referral_id": ID, "organisation": "police", "kid": ID, "sealed": some(ENVELOPE_LENGTHS[0]), "leaf": KEY,
    "urgent": False, "message": {"message_id": ID, "sealed": some(MESSAGE_LENGTHS[0])},
}  # fmt: skip
RESEALED = {
    "from_kid": ID, "from_hash": KEY, "to_kid": b64u_encode(b"\x01" * 16), "sealed": some(LETTER_BUCKETS[0] + 1136),
    "summary_version": 1, "summary": some(SUMMARY_STEP + SMALL),
    "records": [{"record_id": ID, "version": 1, "sealed": some(RECORD_BUCKETS[0] + SMALL)}],
}  # fmt: skip

BODIES = [
    (casework.parse_listed, {"referrals": [{"referral_id": ID, "version": 1, "unread": False}]}),
    (invitation.parse_secret, SECRET),
    (invitation.parse_founding, SECRET | ACCOUNT | {"epoch": EPOCH, "ring": {"seq": 1, **RING}}),
    (invitation.parse_joining, SECRET | ACCOUNT),
    (invitation.parse_role, {"role": "caseworker"}),
    (passing_on.parse_passing_on, PASSED_ON),
    (people.parse_ring_change, {"seq": 2, **RING, "epoch": EPOCH, "roles": [{"kid": ID, "role": "lead"}]}),
    (recovery.parse_beginning, {"slug": "centre"}),
    (recovery.parse_proof, STEP | {"proof": KEY}),
    (recovery.parse_ending, STEP | ACCOUNT | {"proof": KEY, "epoch": EPOCH, "ring": {"seq": 2, **RING}}),
    (resealing.parse_handing, {"referrals": [ID]}),
    (resealing.parse_resealing, RESEALED),
    (signing_in.parse_second, STEP | {"factor": "passkey", "code": None, "assertion": ASSERTION}),
    (signing_in.parse_second, STEP | {"factor": "totp", "code": "123 456", "assertion": None}),
    (signing_in.parse_signed, STEP | {"assertion": ASSERTION}),
    (signing_in.parse_confirmation, {"sign_in": KEY, "parameter_set": 1}),
    (
        signing_in.parse_new_passkey,
        STEP | {"name": "a key", "credential_id": ID, "client_data": KEY, "attestation": KEY, "wrapped_seed": WRAPPED},
    ),
    (signing_in.parse_typed_code, STEP | {"code": "123456"}),
    (signing_in.parse_named, {"passkey_id": ID}),
    (signing_in.parse_passphrase, {"sign_in": KEY, "parameter_set": 1, "wrapped_seed": WRAPPED}),
]
EXAMPLES = [json.dumps(content).encode() for _parse, content in BODIES]
