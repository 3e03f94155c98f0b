"""A passkey in software: what a browser would send for one, for tests of services and routes without a browser."""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.signing_in import Assertion, NewPasskey
from app.domain.wire import b64u_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    def __init__(self, host="localhost", origin="http://localhost", *, counts=True):
        self.host, self.origin, self.counts = host, origin, counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id, self.count = secrets.token_bytes(32), 0

    def client_data(self, kind, challenge):
        said = {"type": kind, "challenge": b64u_encode(challenge), "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def head(self, flags):
        if self.counts:
            self.count += 1
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def made(self, challenge, pending=bytes(32), name="My key", wrapped_seed=None):
        """What adding it sends."""
        numbers = self.key.public_key().public_numbers()
        public_key = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        attested = bytes(range(16)) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public_key
        head = self.head(PRESENT | VERIFIED | ATTESTED)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": head + attested})
        client_data = self.client_data("webauthn.create", challenge)
        return NewPasskey(pending, name, self.credential_id, client_data, attestation, wrapped_seed)

    def signed(self, challenge, flags=PRESENT | VERIFIED):
        """What signing a challenge sends."""
        client_data, head = self.client_data("webauthn.get", challenge), self.head(flags)
        message = head + hashlib.sha256(client_data).digest()
        return Assertion(self.credential_id, client_data, head, self.key.sign(message, ec.ECDSA(hashes.SHA256())))


def as_json(sent):
    """The named fields of an assertion or a new passkey as JSON has them."""
    return {
        name: b64u_encode(value) if isinstance(value, bytes) else value
        for name in sent.__dataclass_fields__
        for value in [getattr(sent, name)]
    }
