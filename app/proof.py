"""Proof of work in ALTCHA's protocol (version 2): asked for when a budget runs short, in place of knowing who asks.

A challenge is signed for one budget, lives for minutes, and counts for one request; nothing about anybody is in it.
PBKDF2 rather than single hashes, because every browser has it natively: an old phone, or a browser without a JIT, then
stands as near as can be to whoever floods with a program of their own. A graphics card is faster than either.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import altcha

ALGORITHM: Final = "PBKDF2/SHA-256"
# One key in 256 begins with these eight bits; the rounds of each key make the rest of the price. 256 x 8000 rounds take
# a desktop half a second, a good phone two, an old one some eight; one in a hundred takes five times as long.
PREFIX: Final = "00"
ROUNDS: Final = (2000, 4000, 8000)
LIVES: Final = 300  # seconds
LONGEST: Final = 2048  # characters of a header; a true one has some 600


HEADER: Final = "Proof-Of-Work"
ASKED: Final = "proof_required"


class UsedUpError(Exception):
    """This challenge was answered before."""


def answer_to(problem: object) -> str:
    """Compute what the header carries for a problem that asks for it; empty for any other. For programs that send."""
    if not isinstance(problem, Mapping) or problem.get("code") != ASKED:
        return ""
    challenge = altcha.Challenge.from_dict(problem["challenge"])
    solution = altcha.solve_challenge(challenge)
    return "" if solution is None else altcha.Payload(challenge, solution).to_base64()


class Proofs:
    """Makes challenges and checks what answers them; the key is derived from the portal's secret."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def challenge(self, budget: str, load: float) -> dict[str, Any]:
        """Give a challenge, dearer the more of the proved budget is spent: `load` runs from 0 to 1."""
        rounds = ROUNDS[min(int(load * len(ROUNDS)), len(ROUNDS) - 1)]
        return altcha.create_challenge(
            ALGORITHM,
            rounds,
            key_prefix=PREFIX,
            expires_at=int(time.time()) + LIVES,
            hmac_secret=self._key(budget),
        ).to_dict()

    def holds(self, budget: str, text: str, first_use: Callable[[str, int], bool]) -> bool:
        """Check the header of a request. `first_use` notes a name for some seconds and tells whether it is new.

        A challenge is used up by its first answer, right or wrong: each costs this server one derivation at most.
        """

        def derive(parameters: altcha.ChallengeParameters, salt: bytes, password: bytes) -> bytes:
            left = (parameters.expires_at or 0) - int(time.time())
            if not first_use(parameters.nonce, max(left, 1) + 1):
                raise UsedUpError
            return altcha.derive_key_pbkdf2(parameters, salt, password)

        if len(text) > LONGEST:
            return False
        try:
            return altcha.verify_solution(text, self._key(budget), derive).verified
        except UsedUpError:
            return False

    def _key(self, budget: str) -> bytes:
        return hmac.digest(self.secret, b"onestop proof of work " + budget.encode(), hashlib.sha256)
