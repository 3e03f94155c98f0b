"""What the portals of one test run share, since it is the same for all: compiled templates, the static tree as read."""

import functools
import os
import tempfile
from pathlib import Path

from jinja2 import BytecodeCache
from whitenoise import WhiteNoise

from app import ROOT, assets, telemetry

# Compressed once, shared by all tests, and by the portals that run as processes of their own.
ASSETS = Path(tempfile.gettempdir()) / f"onestop-test-assets-{os.getuid()}"


class Compiled(BytecodeCache):
    """Code by the template's name and text; no setting of a portal changes what a template is compiled to."""

    def __init__(self):
        self.codes = {}

    def load_bytecode(self, bucket):
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.codes[bucket.key, bucket.checksum] = bucket.code


class ReadOnce(WhiteNoise):
    """Looks once at each compressed copy in `ASSETS`: there, a path says what a file holds."""

    known = {}  # noqa: RUF012 - shared by all on purpose

    def get_static_file(self, path, url, stat_cache=None):
        if ASSETS not in Path(path).parents:
            return super().get_static_file(path, url, stat_cache)
        if (path, url) not in self.known:
            self.known[path, url] = super().get_static_file(path, url, stat_cache)
        return self.known[path, url]


def share(monkeypatch):
    """Templates are compiled, and the portal's own static files read, once a run instead of once a portal."""
    read, own = assets.read_assets, (ROOT / "static", ASSETS)
    read_once = functools.cache(read)
    monkeypatch.setattr(assets, "read_assets", lambda *places: (read_once if places == own else read)(*places))
    monkeypatch.setattr(assets, "WhiteNoise", ReadOnce)
    monkeypatch.setattr(telemetry.Portal, "jinja_options", {"bytecode_cache": Compiled()})
