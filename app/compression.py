"""Compression of what is the same for everybody.

A page that holds a secret beside what a stranger can influence must not be compressed (BREACH): staff pages and staff
JSON never are.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Final

from flask import Flask, Request, Response, current_app, g
from flask_compress import Compress

MOST_KEPT: Final = 256


class KeptRenderings:
    """The last compressed renderings, by their content: the best compression is paid for once, not for each visit."""

    def __init__(self) -> None:
        self.kept: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> bytes | None:
        """Give a kept rendering, and note that it was asked for."""
        with self.lock:
            found = self.kept.get(key)
            if found is not None:
                self.kept.move_to_end(key)
            return found

    def set(self, key: str, value: bytes) -> None:
        """Keep a rendering, and let the one go that was not asked for longest."""
        with self.lock:
            self.kept[key] = value
            self.kept.move_to_end(key)
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)


def _key(_request: Request) -> str:
    return str(g.rendering)


def init_app(app: Flask) -> None:
    """Compress every answer to a reader's GET that `g.public` marks as the same for everybody."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=11,
        COMPRESS_LEVEL=9,
        COMPRESS_CACHE_BACKEND=KeptRenderings,
        COMPRESS_CACHE_KEY=_key,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )
    app.extensions["onestop_compress"] = Compress(app)

    def compress(response: Response) -> Response:
        if response.status_code != 200 or not g.get("public", False):
            return response
        if "rendering" not in g:
            g.rendering = hashlib.sha256(response.get_data()).hexdigest()
        compressor: Compress = current_app.extensions["onestop_compress"]
        return compressor.after_request(response)

    app.after_request(compress)
