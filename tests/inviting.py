"""What the browsers of those who were invited send, with real keys."""

import json
import secrets

from app.crypto import caseworker_key, epoch_chain, keyring, recipient_key
from app.crypto.envelope import seal_keyring, seal_recovery
from app.domain.keyring_content import keyring_json
from app.domain.wire import b64u_decode
from app.domain.wire import b64u_encode as b64u


def account_of(login, pair):
    """An account with a real key; what a passphrase yields is random."""
    return {
        "login": login,
        "public_key": b64u(pair.public_key),
        "parameter_set": 1,
        "sign_in": b64u(secrets.token_bytes(32)),
        "wrapped_seed": b64u(caseworker_key.wrap_seed(secrets.token_bytes(32), bytes(16), "x", pair.kid, pair.seed)),
    }


def joining(secret, login="new.one", pair=None):
    """The body of somebody who joins."""
    return {"secret": secret, **account_of(login, pair or recipient_key.generate())}


def founding(secret, portal_id, slug, login="first.lead", recovery=None):
    """The body of a first lead, all of whose keys belong together."""
    lead, recovery = recipient_key.generate(), recovery or recipient_key.generate()
    epoch = keyring.new_epoch()
    pair = recipient_key.from_seed(b64u_decode(epoch["seed"], "", 32))
    signing_key, signing_seed = (b64u_decode(epoch[name], "", 32) for name in ("signing_key", "signing_seed"))
    entry = epoch_chain.sign_entry(portal_id, slug, 0, signing_key, pair.kid, signing_seed)
    ring = keyring.first_ring(portal_id, slug, recovery.kid, [{"kid": b64u(lead.kid), "role": "lead"}], epoch)
    content = keyring_json(ring)
    copy = seal_keyring(lead.public_key, portal_id, slug, lead.kid, 1, content)
    kept = seal_recovery(recovery.public_key, portal_id, slug, 1, content)
    return {
        "secret": secret,
        **account_of(login, lead),
        "epoch": {
            "public_key": b64u(pair.public_key),
            "signing_key": epoch["signing_key"],
            "signature": entry["signature"],
        },
        "ring": {
            "seq": 1,
            "copies": [{"kid": b64u(lead.kid), "sealed": b64u(copy)}],
            "recovery": {"kid": b64u(recovery.kid), "public_key": b64u(recovery.public_key), "sealed": b64u(kept)},
        },
    }


def body(content):
    """The bytes that are sent."""
    return json.dumps(content).encode()
