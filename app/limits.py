"""Limits on everything that a stranger can reach: a budget for all, then a generous one for each address.

The key of an address is an HMAC under a key that changes every day and is derived from the portal's secret: nothing
stored gives an address back, and nothing links two days. An IPv6 address counts by its /64, which is one household.
"""

import hashlib
import hmac
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final, Literal

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from app.errors import Busy, Delayed

if TYPE_CHECKING:
    from config import Settings

Budget = Literal["page", "report", "follow_up", "sign_in", "staff"]
BUDGETS: Final[tuple[Budget, ...]] = ("page", "report", "follow_up", "sign_in", "staff")
EVERYBODY: Final = "all"


def limited(budget: Budget) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare which budget an endpoint spends; one that declares nothing spends `page`."""

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        handler.budget = budget  # type: ignore[attr-defined]
        return handler

    return declare


class Limits:
    """The budgets of one application, counted where the settings say."""

    def __init__(self, settings: "Settings", counter: Limiter) -> None:
        self.secret = settings.secret_key.encode()
        self.counter = counter
        self.fallback = FixedWindowRateLimiter(MemoryStorage())
        self.all: dict[str, list[RateLimitItem]] = {}
        self.each: dict[str, list[RateLimitItem]] = {}
        for budget in BUDGETS:
            self.all[budget] = parse_many(getattr(settings, f"limit_{budget}_all"))
            self.each[budget] = parse_many(getattr(settings, f"limit_{budget}_each"))

    def key(self, address: str, now: datetime) -> str:
        """Give the day's key of an address."""
        daily = hmac.digest(self.secret, b"onestop limits " + now.date().isoformat().encode(), hashlib.sha256)
        return hmac.new(daily, network_of(address).encode(), hashlib.sha256).hexdigest()[:32]

    def spend(self, budget: str, address: str) -> None:
        """Count one request. Raises Busy when everybody's budget is spent, Delayed when this address's is."""
        try:
            self._spend(self.counter.limiter, budget, address)
        except StorageError:
            # A counter that is away must not keep anyone from reporting: count in this process until it is back.
            self._spend(self.fallback, budget, address)

    def _spend(self, counter: RateLimiter, budget: str, address: str) -> None:
        # Looked at first and spent last: an exhausted portal notes no further addresses, and one address that asks
        # too often uses up its own share, not everybody's.
        for limit in self.all[budget]:
            if not counter.test(limit, budget, EVERYBODY):
                raise Busy(_wait(counter, limit, budget, EVERYBODY))
        key = self.key(address, datetime.now(UTC))
        for limit in self.each[budget]:
            if not counter.hit(limit, budget, key):
                raise Delayed(_wait(counter, limit, budget, key))
        for limit in self.all[budget]:
            if not counter.hit(limit, budget, EVERYBODY):
                raise Busy(_wait(counter, limit, budget, EVERYBODY))


def network_of(address: str) -> str:
    """Give what one household shares: the IPv4 address, or the /64 of an IPv6 address; anything else as it is."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


def _wait(counter: RateLimiter, limit: RateLimitItem, budget: str, key: str) -> int:
    """Give the seconds until the window turns, at least one."""
    return max(1, math.ceil(counter.get_window_stats(limit, budget, key).reset_time - time.time()))


def _spend_for_request() -> None:
    handler = current_app.view_functions.get(request.endpoint or "")
    limits: Limits = current_app.extensions["onestop_limits"]
    limits.spend(getattr(handler, "budget", "page"), request.remote_addr or "")


def init_app(app: Flask, settings: "Settings") -> None:
    """Count every request before anything else is done for it."""
    # Flask-Limiter owns the storage and the strategy; which limit is looked at when is ours, see `_spend`.
    counter = Limiter(
        key_func=lambda: EVERYBODY,
        app=app,
        storage_uri=settings.limits_storage,
        storage_options={"wrap_exceptions": True},
        strategy="fixed-window",
    )
    app.extensions["onestop_limits"] = Limits(settings, counter)
    app.before_request(_spend_for_request)
