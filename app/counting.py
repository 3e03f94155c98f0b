"""Counting requests in windows of time, whatever the clock and the shared storage do meanwhile."""

import math
import time
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

if TYPE_CHECKING:
    from limits.storage import Storage

ANSWERS_WITHIN: Final = 0.5  # seconds; a storage that takes longer is away
AWAY_FOR: Final = 5.0  # seconds in which a storage that was away is not asked again: nobody waits for it meanwhile
_SLACK: Final = 2  # seconds, for a storage that rounds
_SWEEP: Final = 1.0  # seconds after which what is over is looked for again


class Counts(MemoryStorage):
    """Counts in this process, which `memory:` stands for from here on.

    What is over is forgotten while counting; the library would start a thread for that a hundred times a second, and
    each would walk over all that is counted.
    """

    STORAGE_SCHEME = ["memory"]  # noqa: RUF012 - the library's own declaration is no ClassVar

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.counting, self.swept = Lock(), time.monotonic()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; the first of a window begins it. Gives the count."""
        with self.counting:
            now = time.time()
            self._sweep(now)
            if self.expirations.get(key, 0) <= now:
                self.storage[key], self.expirations[key] = 0, now + expiry
            self.storage[key] += amount
            return self.storage[key]

    def get(self, key: str) -> int:
        """Give the count of a window that is not over."""
        with self.counting:
            return self.storage.get(key, 0) if self.expirations.get(key, 0) > time.time() else 0

    def clear(self, key: str) -> None:
        """Forget a window."""
        with self.counting:
            self.storage.pop(key, None)
            self.expirations.pop(key, None)

    def _sweep(self, now: float) -> None:
        if time.monotonic() - self.swept < _SWEEP:
            return
        self.swept = time.monotonic()
        for key in [key for key, ends in self.expirations.items() if ends <= now]:
            del self.storage[key], self.expirations[key]


class Windows(FixedWindowRateLimiter):
    """Fixed windows, except that none lasts longer than it should: a clock that was set back leaves such behind."""

    def __init__(self, storage: "Storage") -> None:
        super().__init__(storage)
        self.asked_from = 0.0

    @property
    def is_away(self) -> bool:
        """Whether the storage failed a moment ago."""
        return time.monotonic() < self.asked_from

    def failed(self) -> None:
        """Note that the storage did not answer."""
        self.asked_from = time.monotonic() + AWAY_FOR

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """Count one request; tell whether it fits."""
        fits = super().hit(item, *identifiers, cost=cost)
        return fits or (self._renewed(item, *identifiers) and super().hit(item, *identifiers, cost=cost))

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """Tell whether one more would fit."""
        return super().test(item, *identifiers, cost=cost) or self._renewed(item, *identifiers)

    def wait(self, item: RateLimitItem, *identifiers: str) -> int:
        """Give the seconds until the window turns, at least one."""
        return max(1, math.ceil(self.get_window_stats(item, *identifiers).reset_time - time.time()))

    def _renewed(self, item: RateLimitItem, *identifiers: str) -> bool:
        """Begin a window anew that would end later than a whole window from now."""
        if self.wait(item, *identifiers) <= item.get_expiry() + _SLACK:
            return False
        self.clear(item, *identifiers)
        return True


def storage_options(uri: str) -> dict[str, Any]:
    """How a storage is spoken to: a hanging one must not hang those who report, so nothing is tried twice."""
    options: dict[str, Any] = {"wrap_exceptions": True}
    if uri.startswith("memory:"):
        return options
    from redis.backoff import NoBackoff  # noqa: PLC0415 (only where it is used)
    from redis.retry import Retry  # noqa: PLC0415

    timeouts = {"socket_timeout": ANSWERS_WITHIN, "socket_connect_timeout": ANSWERS_WITHIN}
    return options | timeouts | {"retry": Retry(NoBackoff(), 0)}
