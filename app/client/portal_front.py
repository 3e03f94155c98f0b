"""A portal's public front, as a program meets it: JSON over the address that everybody uses, certificate checked."""

import json
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from app.proof import HEADER, answer_to

SECONDS: Final = 30
TRIES: Final = 5
LONGEST_WAIT: Final = 60
BUSY: Final = frozenset({429, 502, 503, 504})


class FrontError(Exception):
    """What the front answered instead of what was hoped for; its words may be shown to an operator."""


class Front:
    """One portal at one address. Follows no redirect and uses no proxy: what answers is what stands there."""

    def __init__(self, url: str, authority: str | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            message = f"{url} is no address of a portal, such as https://portal.example"
            raise FrontError(message)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.host, self.port = parts.hostname, parts.port
        self.tls = ssl.create_default_context(cafile=authority) if parts.scheme == "https" else None
        self.session: dict[str, str] = {}

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Give the JSON at a path. Raises FrontError."""
        return self._ask("GET", path, b"", 200)

    def post(self, path: str, body: bytes, expected: int = 200) -> Any:  # noqa: ANN401 - JSON
        """Post JSON, the same bytes again while the portal asks for a moment. Raises FrontError."""
        return self._ask("POST", path, body, expected)

    def _ask(self, method: str, path: str, body: bytes, expected: int) -> Any:  # noqa: ANN401 - JSON
        problem, proof = "", ""
        for number in range(TRIES):
            try:
                status, headers, content = self._once(method, path, body, proof)
            except (OSError, HTTPException) as error:
                problem, wait = f"{type(error).__name__} {error}".strip(), 2.0**number
            else:
                if status == expected:
                    return self._read(path, headers, content)
                problem, wait = f"answered {status}", float(headers.get("Retry-After") or 1)
                if status not in BUSY:
                    break
                if asked := answer_to(_json_or_none(content)):
                    proof, wait = asked, 0
            if number + 1 < TRIES:
                time.sleep(min(wait, LONGEST_WAIT))
        message = f"{method} {path}: {problem}"
        raise FrontError(message)

    def _once(self, method: str, path: str, body: bytes, proof: str) -> tuple[int, HTTPMessage, bytes]:
        if self.tls is None:
            connection = HTTPConnection(self.host, self.port, timeout=SECONDS)
        else:
            connection = HTTPSConnection(self.host, self.port, timeout=SECONDS, context=self.tls)
        said = {"Content-Type": "application/json"} if method == "POST" else {}
        said |= {HEADER: proof} if proof else {}
        try:
            connection.request(method, path, body or None, {"Origin": self.origin, **said, **self.session})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def _read(self, path: str, headers: HTTPMessage, content: bytes) -> Any:  # noqa: ANN401 - JSON
        cookie = headers.get("Set-Cookie", "").partition(";")[0]
        if cookie:
            self.session["Cookie"] = cookie
        try:
            return json.loads(content)
        except ValueError as error:
            message = f"{path}: the answer is no JSON"
            raise FrontError(message) from error


def _json_or_none(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None
