"""The portal, except that a worker dies once: after everything is done for a request, before its answer is sent.

The file that the environment names in DIE_ONCE says when: whichever worker can remove it dies.
"""

import os
import signal
from pathlib import Path

from wsgi import application as portal


def application(environ, start_response):
    answered = portal(environ, start_response)
    if environ["REQUEST_METHOD"] != "POST":
        return answered
    parts = list(answered)
    answered.close()  # with the request's context, and its database session
    try:
        Path(os.environ["DIE_ONCE"]).unlink()
    except FileNotFoundError:
        return parts
    os.kill(os.getpid(), signal.SIGKILL)
    return parts
