"""Somebody who sends as much as a portal takes, over many connections, and more."""

import itertools
import threading
import time
from contextlib import contextmanager

from tests.bench.load import Connection
from tests.browser.reporting import written
from tests.browser.test_proof import LISTEN

PAUSE = 0.0125  # between two requests of all flooders: more than enough, and leaves the machine to the browsers

PATIENCE = 240_000  # milliseconds for which an honest page may wait


class Flooder(threading.Thread):
    """Posts until told to stop what `made` gives for a number: path, body and headers."""

    def __init__(self, portal, made, stop, pause):
        super().__init__()
        self.portal, self.made, self.stop, self.pause, self.answers = portal, made, stop, pause, []
        self.connection = None

    def run(self):
        for number in itertools.count():
            if self.stop.wait(self.pause):
                break
            path, body, headers = self.made(number)
            try:
                self.connection = self.connection or Connection(self.portal.port)
                self.answers.append(self.connection.ask("POST", path, body, **headers)[0])
            except (OSError, IndexError, ValueError):
                self.leave()
        self.leave()

    def leave(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@contextmanager
def flooded(portal, made, number):
    """A flood over `number` connections that has spent the budget already, and goes on; gives the flooders."""
    stop = threading.Event()
    flooders = [Flooder(portal, made, stop, PAUSE * number) for _ in range(number)]
    for one in flooders:
        one.start()
    try:
        until = time.monotonic() + 60
        while not any(429 in one.answers for one in flooders):
            assert time.monotonic() < until, "the flood never met a limit"
            time.sleep(0.1)
        yield flooders
    finally:
        stop.set()
        for one in flooders:
            one.join()


def about_to_send(new_context, number):
    """So many phones with a report that only has to be sent, and that note what is said meanwhile."""
    pages = []
    for _ in range(number):
        context = new_context(width=360, height=740)
        context.set_default_timeout(PATIENCE)
        pages.append(context.new_page())
        written(pages[-1])
        pages[-1].evaluate(LISTEN)
    return pages
