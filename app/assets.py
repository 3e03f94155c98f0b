"""Static files under one address a release, compressed ahead, with the integrity of every module and style sheet.

`/static/<release>/css/onestop.css` never changes and is cached for good; the release is a hash of the whole tree.
What is served is a copy made at the start, so that a file changed under a running portal cannot disagree with its hash.
"""

import contextlib
import hashlib
import re
import shutil
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from flask import Flask, request
from markupsafe import Markup
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from app.static_tree import imports_of, served_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ROOT_KEY: Final = "onestop.root"
_RELEASED: Final = re.compile(r"/static/([0-9a-f]{16})/(.+)")


class UnknownAssetError(LookupError):
    """A template names a static file that is not there."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The static tree of one release: its hash, each file's SHA-256 (hex), and what each module imports."""

    release: str
    digests: "Mapping[str, str]"
    imports: "Mapping[str, tuple[str, ...]]"
    copies: "Mapping[str, Path]"

    def url(self, path: str) -> str:
        """Give the address of a file below `static/`. Raises UnknownAssetError."""
        if path not in self.copies:
            raise UnknownAssetError(path)
        return f"{request.environ.get(ROOT_KEY, '')}/static/{self.release}/{path}"

    def integrity(self, path: str) -> str:
        """Give what stands beside an address so that a browser takes no other bytes. Raises UnknownAssetError."""
        if path not in self.digests:
            raise UnknownAssetError(path)
        return "sha256-" + b64encode(bytes.fromhex(self.digests[path])).decode("ascii")

    def style_links(self, *names: str) -> Markup:
        """Give the link elements of style sheets below `static/`."""
        line = Markup('<link rel="stylesheet" href="{}" integrity="{}">')
        return Markup("\n").join(line.format(self.url(path), self.integrity(path)) for path in names)

    def module_links(self, *names: str, before_painting: bool = False, soon: str = "") -> Markup:
        """Give the script elements of modules below `static/js`, after preloads of all they import at once.

        `before_painting`: browsers that know how show nothing of the page until these have run. `soon`: a module that
        these import themselves when they have run; it and all that it takes is preloaded behind everything else.
        """
        entries = [f"js/{name}" for name in names]
        at_once = self._closure(entries)
        preloads = {path: "" for path in at_once if path not in entries}
        if soon:
            behind = Markup(' fetchpriority="low"')
            preloads |= {path: behind for path in self._closure([f"js/{soon}"]) if path not in at_once}
        lines = [
            Markup('<link rel="modulepreload" href="{}" integrity="{}" crossorigin{}>').format(
                self.url(path), self.integrity(path), priority
            )
            for path, priority in preloads.items()
        ]
        lines += [
            Markup('<script type="module" src="{}" integrity="{}" crossorigin{}></script>').format(
                self.url(path),
                self.integrity(path),
                Markup(' blocking="render"') if before_painting else "",
            )
            for path in entries
        ]
        return Markup("\n").join(lines)

    def later(self, page: str, *names: str) -> list[list[tuple[str, str]]]:
        """Give what each of these modules takes beyond the page's own and those before it, itself first.

        All are below `static/js`, each with its integrity. The page fetches such a list side by side
        (static/js/pages/later.js).
        """
        known = set(self._closure([f"js/{page}"]))
        lists = []
        for name in names:
            more = [path for path in self._closure([f"js/{name}"]) if path not in known or path == f"js/{name}"]
            known.update(more)
            lists.append([(self._below_js(path), self.integrity(path)) for path in more])
        return lists

    @staticmethod
    def _below_js(path: str) -> str:
        return path.removeprefix("js/") if path.startswith("js/") else f"../{path}"

    def _closure(self, entries: "Iterable[str]") -> list[str]:
        found: dict[str, None] = {}
        waiting = list(entries)
        while waiting:
            path = waiting.pop(0)
            if path not in self.copies:
                raise UnknownAssetError(path)
            if path not in found:
                found[path] = None
                waiting += self.imports.get(path, ())
        return list(found)


class StaticFiles:
    """WSGI middleware over WhiteNoise: a release is cached for good; an older address gets today's file, no-cache."""

    def __init__(self, application: "WSGIApplication", assets: Assets) -> None:
        self.release = assets.release
        self.paths = frozenset(assets.copies)
        self.files = WhiteNoise(application, allow_all_origins=False, immutable_file_test=lambda _path, _url: True)
        for path, copy in assets.copies.items():
            self.files.add_file_to_dictionary(f"/static/{assets.release}/{path}", str(copy))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        released = _RELEASED.fullmatch(environ.get("PATH_INFO", ""))
        if not released or released[1] == self.release or released[2] not in self.paths:
            return self.files(environ, start_response)  # type: ignore[no-any-return]
        environ["PATH_INFO"] = f"/static/{self.release}/{released[2]}"

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            kept = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", "no-cache")], *rest)  # type: ignore[arg-type]

        return self.files(environ, start)  # type: ignore[no-any-return]


def read_assets(tree: Path, cache: Path) -> Assets:
    """Read the tree below `tree` and make sure that `cache` holds a compressed copy of each file."""
    release = hashlib.sha256()
    copies: dict[str, Path] = {}
    digests: dict[str, str] = {}
    imports: dict[str, tuple[str, ...]] = {}
    store = _writable(cache)
    for name, content in served_files(tree):
        digests[name] = hashlib.sha256(content).hexdigest()
        release.update(f"{name}\0{digests[name]}\n".encode())
        copies[name] = _compressed_copy(store, digests[name], PurePosixPath(name).name, content)
        if name.endswith(".js"):
            imports[name] = imports_of(name, content.decode("utf-8"))
    return Assets(release.hexdigest()[:16], digests, imports, copies)


def _writable(cache: Path) -> Path:
    """Give the cache, or a directory of this process's own where the cache cannot be written."""
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
        return cache
    return Path(tempfile.mkdtemp(prefix="onestop-assets-"))


def _compressed_copy(store: Path, digest: str, name: str, content: bytes) -> Path:
    """Keep one directory for each content: a new release compresses only what changed; a rename makes it whole."""
    final = store / digest[:32]
    if not (final / name).is_file():
        fresh = Path(tempfile.mkdtemp(dir=store))
        (fresh / name).write_bytes(content)
        Compressor(quiet=True).compress(str(fresh / name))
        if final.exists():  # the same content under another name
            for made in fresh.iterdir():
                made.replace(final / made.name)
        else:
            with contextlib.suppress(OSError):  # another process was quicker
                fresh.rename(final)
        shutil.rmtree(fresh, ignore_errors=True)
    return final / name


def init_app(app: Flask, tree: Path, cache: Path) -> Assets:
    """Give templates the links to static files, and put the files before the application."""
    assets = read_assets(tree, cache)
    app.extensions["onestop_assets"] = assets
    app.jinja_env.globals["asset_url"] = assets.url
    app.jinja_env.globals["style_links"] = assets.style_links
    app.jinja_env.globals["module_links"] = assets.module_links
    app.jinja_env.globals["modules_later"] = assets.later
    app.wsgi_app = StaticFiles(app.wsgi_app, assets)  # type: ignore[method-assign]
    return assets
