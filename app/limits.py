"""Limits on everything that a stranger can reach: a budget for all, then a generous one for each address.

Where reporters send something, whoever finds a budget spent is asked for a proof of work, and passes with it on
another: a flood then costs whoever makes it, and an address that many share locks nobody out.

The key of an address is an HMAC under a key that changes every day and is derived from the portal's secret: nothing
stored gives an address back, and nothing links two days. An IPv6 address counts by its /64, which is one household.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from socket import AF_INET, inet_pton
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, Final, Literal

from flask import Flask, current_app, request
from flask.globals import request_ctx
from flask_limiter import Limiter
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import Storage

from app.counting import Counts, Windows, storage_options
from app.errors import Busy, Delayed, ProofRequired
from app.proof import HEADER, Proofs

if TYPE_CHECKING:
    from config import Settings

Budget = Literal["page", "report", "draft", "follow_up", "plain", "stretch", "sign_in", "staff"]
BUDGETS: Final[tuple[Budget, ...]] = (
    "page", "report", "draft", "follow_up", "plain", "stretch", "sign_in", "staff",
)  # fmt: skip
PROVABLE: Final[tuple[Budget, ...]] = ("report", "draft", "follow_up")
EVERYBODY: Final = "all"
# Stretching a receipt code for a browser without scripts: one at a time in a process, so that whoever needs none of it
# always finds a processor and a thread; a few may wait for their turn, everybody else is asked to send again.
MAY_WAIT: Final = 2
LONGEST_WAIT: Final = 4.0  # seconds
SOON: Final = 3  # seconds
log: Final = logging.getLogger("onestop")


def limited(budget: Budget) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare which budget an endpoint spends; one that declares nothing spends `page`."""

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        handler.budget = budget  # type: ignore[attr-defined]
        return handler

    return declare


class Turns:
    """Lets one through at a time, and a few wait."""

    def __init__(self, may_wait: int = MAY_WAIT, longest_wait: float = LONGEST_WAIT) -> None:
        self.room, self.turn = BoundedSemaphore(1 + may_wait), Lock()
        self.longest_wait = longest_wait

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn and hold it. Raises Busy where it would take too long."""
        if not self.room.acquire(blocking=False):
            raise Busy(SOON)
        try:
            if not self.turn.acquire(timeout=self.longest_wait):
                raise Busy(SOON)
            try:
                yield
            finally:
                self.turn.release()
        finally:
            self.room.release()


class Limits:
    """The budgets of one application, counted where the settings say."""

    def __init__(self, settings: "Settings", storage: Storage) -> None:
        self.secret = settings.secret_key.encode()
        self.daily = b"", "", b""  # the secret, the day, and the key of both
        self.shared = Windows(storage)
        self.fallback = Windows(Counts())
        self.all: dict[str, list[RateLimitItem]] = {}
        self.each: dict[str, list[RateLimitItem]] = {}
        self.proved: dict[str, list[RateLimitItem]] = {}
        self.proved |= {name: parse_many(getattr(settings, f"limit_{name}_proved")) for name in PROVABLE}
        self.proofs = Proofs(self.secret)
        self.turns = Turns()
        for budget in BUDGETS:
            self.all[budget] = parse_many(getattr(settings, f"limit_{budget}_all"))
            self.each[budget] = parse_many(getattr(settings, f"limit_{budget}_each"))

    def key(self, address: str, now: datetime) -> str:
        """Give the day's key of an address."""
        today = now.date().isoformat()
        secret, day, daily = self.daily
        if (secret, day) != (self.secret, today):
            daily = hmac.digest(self.secret, b"onestop limits " + today.encode(), hashlib.sha256)
            self.daily = self.secret, today, daily
        return hmac.digest(daily, network_of(address).encode(), hashlib.sha256).hex()[:32]

    def spend(self, budget: str, address: str, proof: str = "") -> None:
        """Count one request. Raises Busy when everybody's budget is spent, Delayed when this address's is.

        Where a proof of work helps, raises ProofRequired instead, until the budget of those with a proof is spent too.
        """
        # A counter that is away must not keep anyone from reporting: count in this process until it is back.
        if not self.shared.is_away:
            try:
                self._spend(self.shared, budget, address, proof)
            except StorageError:
                self.shared.failed()
                log.warning("limits_storage_away")
            else:
                return
        self._spend(self.fallback, budget, address, proof)

    def _spend(self, counter: Windows, budget: str, address: str, proof: str) -> None:
        if proof and self._spend_proved(counter, budget, proof):
            return
        try:
            self._spend_plain(counter, budget, address)
        except Delayed as short:
            if budget not in self.proved:
                raise
            challenge = self.proofs.challenge(budget, self._proved_load(counter, budget))
            raise ProofRequired(short.retry_after, challenge) from None

    def _spend_proved(self, counter: Windows, budget: str, proof: str) -> bool:
        """Tell whether the proof was good and is counted. Raises Busy before it looks at one: that stays good, then."""
        limits, name = self.proved.get(budget, ()), _proved(budget)
        for limit in limits:
            if not counter.test(limit, name, EVERYBODY):
                raise Busy(counter.wait(limit, name, EVERYBODY))

        def first_use(nonce: str, seconds: int) -> bool:
            # The storage counts atomically, so of two who send one proof at once one is the first.
            return counter.storage.incr(f"onestop-proof/{nonce}", seconds) == 1

        if not limits or not self.proofs.holds(budget, proof, first_use):
            return False
        for limit in limits:
            counter.hit(limit, name, EVERYBODY)
        return True

    def _proved_load(self, counter: Windows, budget: str) -> float:
        """Give how much of the proved budget is spent, 0 to 1. Raises Busy when all is: a proof would not help yet."""
        load, name = 0.0, _proved(budget)
        for limit in self.proved[budget]:
            left = counter.get_window_stats(limit, name, EVERYBODY).remaining
            if left <= 0:
                raise Busy(counter.wait(limit, name, EVERYBODY))
            load = max(load, 1 - left / limit.amount)
        return load

    def _spend_plain(self, counter: Windows, budget: str, address: str) -> None:
        # Looked at first and spent last: an exhausted portal notes no further addresses, and one address that asks
        # too often uses up its own share, not everybody's.
        for limit in self.all[budget]:
            if not counter.test(limit, budget, EVERYBODY):
                raise Busy(counter.wait(limit, budget, EVERYBODY))
        key = self.key(address, datetime.now(UTC))
        for limit in self.each[budget]:
            if not counter.hit(limit, budget, key):
                raise Delayed(counter.wait(limit, budget, key))
        for limit in self.all[budget]:
            if not counter.hit(limit, budget, EVERYBODY):
                raise Busy(counter.wait(limit, budget, EVERYBODY))


def network_of(address: str) -> str:
    """Give what one household shares: the IPv4 address, or the /64 of an IPv6 address; anything else as it is."""
    try:
        inet_pton(AF_INET, address)  # takes the one spelling of an IPv4 address, in a tenth of the time
    except (OSError, ValueError):
        pass
    else:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


def _proved(budget: str) -> str:
    return f"{budget} proved"


@contextmanager
def stretching() -> Iterator[None]:
    """Spend the budget for stretching and hold a turn. Raises Busy or Delayed: the caller then loses nothing typed."""
    limits: Limits = current_app.extensions["onestop_limits"]
    limits.spend("stretch", request.remote_addr or "")
    with limits.turns.take():
        yield


def _spend_for_request() -> None:
    app, asked = request_ctx.app, request_ctx.request
    limits: Limits = app.extensions["onestop_limits"]
    budget = getattr(app.view_functions.get(asked.endpoint or ""), "budget", "page")
    limits.spend(budget, asked.remote_addr or "", asked.headers.get(HEADER, ""))


def init_app(app: Flask, settings: "Settings") -> None:
    """Count every request before anything else is done for it."""
    # Flask-Limiter owns the storage; which limit is looked at when, and what a proof changes, is ours: see `_spend`.
    counter = Limiter(
        key_func=lambda: EVERYBODY,
        storage_uri=settings.limits_storage,
        storage_options=storage_options(settings.limits_storage),
        strategy="fixed-window",
    )
    # Known beforehand, it hooks into no request: looking for limits that nobody declared is a tenth of a submission.
    app.extensions["limiter"] = {counter}
    counter.init_app(app)
    app.extensions["onestop_limits"] = Limits(settings, counter.storage)
    app.before_request(_spend_for_request)
