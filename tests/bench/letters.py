"""Bodies as browsers send them. Envelopes are random bytes of the right length: the server opens none."""

import hashlib
import json
import secrets

from app.domain.wire import b64u_encode
from tests.bench.load import Connection, expect

LETTER = 4096 + 1136
OWN = 4096 + 28
RECIPIENTS = ("demo-centre", "demo-commission")


def recipients(portal):
    """Two organisations of a demo portal, as its directory lists them."""
    connection = Connection(portal.port)
    directory = json.loads(expect(connection.ask("GET", "/api/v1/directory", Accept_Encoding="identity"), 200))
    connection.close()
    return [one for one in directory["organisations"] if one["slug"] in RECIPIENTS]


def submission(chosen):
    """The body of a report to the chosen organisations, and the one that comes back for it."""
    token = secrets.token_bytes(32)
    envelopes = [
        {
            "organisation": one["slug"],
            "kid": one["kid"],
            "sealed": b64u_encode(secrets.token_bytes(LETTER)),
            "leaf": b64u_encode(secrets.token_bytes(32)),
        }
        for one in chosen
    ]
    body = {
        "v": 1,
        "report_id": b64u_encode(secrets.token_bytes(16)),
        "lookup": b64u_encode(hashlib.sha256(token).digest()),
        "urgent": False,
        "sealed_by": "client",
        "own": b64u_encode(secrets.token_bytes(OWN)),
        "envelopes": envelopes,
    }
    return json.dumps(body).encode(), json.dumps({"token": b64u_encode(token)}).encode()
