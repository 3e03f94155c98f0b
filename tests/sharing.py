"""What the portals of one test run share, as it is the same for all: what is compiled, and the static files as read.

A portal that serves has one engine, which compiles each statement once. Tests make an engine each.
"""

import functools
import os
import tempfile
from pathlib import Path

from jinja2 import BytecodeCache
from sqlalchemy import event
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from app import ROOT, assets, db, telemetry

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


class CompiledOnce:
    """Makes engines, of which those for one server share the statements that the first of them compiled."""

    STATEMENTS = 5000  # of all tests together; a portal has some hundreds

    def __init__(self, create):
        self.create, self.known = create, {}

    def __call__(self, url, **options):
        engine = self.create(url, query_cache_size=self.STATEMENTS, **options)
        server = url.set(database=None) if url.host or url.query else url.drivername

        def keep(*_):  # only now the dialect knows what it speaks to
            self.known.setdefault(server, (engine.dialect, engine._compiled_cache))

        if server in self.known:
            engine.dialect, engine._compiled_cache = self.known[server]
        else:
            event.listen(engine, "connect", keep)
        return engine


def built_once(compiled):
    """Werkzeug's `Rule._compile_builder`, which writes a function for each address of a portal: half of its start.

    What it writes depends on the parts of the address and on defaults, and belongs to no portal.
    """
    known = {}

    def compile_builder(rule, append_unknown=True):
        if rule.defaults:
            return compiled(rule, append_unknown)
        parts = rule.rule, tuple(rule._trace), append_unknown
        if parts not in known:
            known[parts] = compiled(rule, append_unknown)
        return known[parts]

    return compile_builder


def share(monkeypatch):
    """Compile templates, statements and addresses, and read the portal's own files, once a run, not once a portal."""
    read, own = assets.read_assets, (ROOT / "static", ASSETS)
    read_once = functools.cache(read)
    monkeypatch.setattr(assets, "read_assets", lambda *places: (read_once if places == own else read)(*places))
    monkeypatch.setattr(assets, "WhiteNoise", ReadOnce)
    monkeypatch.setattr(telemetry.Portal, "jinja_options", {"bytecode_cache": Compiled()})
    monkeypatch.setattr(db, "create_engine", CompiledOnce(db.create_engine))
    monkeypatch.setattr(Rule, "_compile_builder", built_once(Rule._compile_builder))
