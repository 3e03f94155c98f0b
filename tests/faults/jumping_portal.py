"""The portal, each of whose processes is as far off the machine's clock as a file says, in whole seconds."""

import os
import time
from pathlib import Path

import time_machine

from wsgi import application as portal

OFFSET = Path(os.environ["OFFSET_FILE"])
clock = time_machine.travel(time.time(), tick=True).start()


def application(environ, start_response):
    """Answer, at the time that is now: whoever is being answered meanwhile sees the clock jump."""
    clock.move_to(time_machine.escape_hatch.time.time() + int(OFFSET.read_text(encoding="ascii")))
    return portal(environ, start_response)
