"""Counting in this process: exact from many threads, and nothing is kept that is over."""

import threading
import time

from limits.storage import storage_from_string

from app.counting import Counts


def test_memory_stands_for_it():
    assert type(storage_from_string("memory://")) is Counts


def test_a_window_ends_and_the_next_begins(monkeypatch):
    counts, now = Counts(), time.time()
    assert [counts.incr("a", 60), counts.incr("a", 60), counts.get("a")] == [1, 2, 2]
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert counts.get("a") == 0
    assert counts.incr("a", 60) == 1


def test_what_is_over_is_forgotten_by_counting_something_else(monkeypatch):
    counts, now, moment = Counts(), time.time(), time.monotonic()
    for number in range(100):
        counts.incr(f"address {number}", 60)
    monkeypatch.setattr(time, "time", lambda: now + 61)
    monkeypatch.setattr(time, "monotonic", lambda: moment + 61)
    counts.incr("another", 60)
    assert list(counts.storage) == list(counts.expirations) == ["another"]


def test_many_threads_lose_no_count_and_start_no_thread():
    counts = Counts()
    counts.timer.join()  # the library's own, once
    threads = [threading.Thread(target=lambda: [counts.incr("a", 60) for _each in range(500)]) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = threading.active_count()
    assert counts.incr("a", 60) == 4001
    assert threading.active_count() == before
    assert not counts.timer.is_alive()
