"""Run on the trial machine, through its front: what browsers do with what the set-up showed.

    python -m tests.deploy.coming_in https://portal.example 'the passphrase of the operator' [/invitation#…]

Signs in as the operator; with an invitation, makes the organisation's keys as its first lead. Prints who came in.
"""

import sys

from app.client.portal_front import Front
from app.crypto import caseworker_key
from app.domain.wire import b64u_decode, b64u_encode
from tests.inviting import body, founding


def main(url, passphrase, invitation=""):
    front = Front(url)
    portal_id = b64u_decode(front.get("/api/v1/directory")["portal_id"], "portal_id", 16)
    root = caseworker_key.root(passphrase, portal_id, "operator")
    asked = {"login": "operator", "sign_in": b64u_encode(caseworker_key.sign_in_key(root)), "parameter_set": 1}
    front.post("/sign-in", body(asked))
    print("operator")
    if secret := invitation.partition("#")[2]:
        stranger = Front(url)
        invited = stranger.post("/invitation", body({"secret": secret}))
        slug = invited["organisation"]["slug"]
        assert invited["first"]
        stranger.post("/invitation/founding", body(founding(secret, portal_id, slug)), 201)
        print(f"lead of {slug}")


main(*sys.argv[1:])
