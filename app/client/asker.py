"""Visitors as a portal meets them: phones and computer, both languages, Tor, a cookie, a program without a name."""

import gzip
import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final

import brotli

from app.client.portal_front import BUSY, SECONDS, Front
from app.headers import refuses_imports

TRIES: Final = 4
LONGEST_WAIT: Final = 20
_PAGE: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ANDROID: Final = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Mobile Safari/537.36"
)
_CHROME: Final = _ANDROID.format("156.0.0.0")
_WINDOWS: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{0}) Gecko/20100101 Firefox/{0}"
# Every browser on an iPhone is WebKit's, whatever its name; some servers look for the name alone.
_IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) {} "
    "Mobile/15E148 Safari/604.1"
)
_NAVIGATION: Final = {
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Upgrade-Insecure-Requests": "1",
}
# What each of them sends beside `Host`. Each takes another packing: a server could send other bytes in one of them.
WHO: Final[dict[str, dict[str, str]]] = {
    "a phone, Korean": {
        "User-Agent": _CHROME,
        "Accept": _PAGE,
        "Accept-Language": "ko-KR,ko;q=0.9",
        "Accept-Encoding": "gzip, deflate, br",
        "Sec-CH-UA-Mobile": "?1",
        **_NAVIGATION,
    },
    "an iPhone, Safari": {
        "User-Agent": _IPHONE.format("Version/26.0"),
        "Accept": _PAGE,
        "Accept-Language": "ko-KR,ko;q=0.9",
        "Accept-Encoding": "gzip, deflate, br",
        **{name: value for name, value in _NAVIGATION.items() if name.startswith("Sec-Fetch-")},
        "Priority": "u=0, i",
    },
    "an iPhone, Chrome": {
        "User-Agent": _IPHONE.format("CriOS/156.0.7700.40"),
        "Accept": _PAGE,
        "Accept-Language": "ko-KR,ko;q=0.9",
        "Accept-Encoding": "br",
        **{name: value for name, value in _NAVIGATION.items() if name.startswith("Sec-Fetch-")},
    },
    "a computer, English": {
        "User-Agent": _WINDOWS.format("151.0"),
        "Accept": _PAGE,
        "Accept-Language": "en-GB,en;q=0.5",
        "Accept-Encoding": "gzip",
        **_NAVIGATION,
    },
    "Tor Browser": {
        "User-Agent": _WINDOWS.format("140.0"),
        "Accept": _PAGE,
        "Accept-Language": "en-US,en;q=0.5",
        "Accept-Encoding": "gzip, deflate, br",
        **_NAVIGATION,
        "Priority": "u=0, i",
    },
    "a messenger's own browser": {
        "User-Agent": _ANDROID.format("156.0.0.0") + " KAKAOTALK 26.1.0",
        "Accept": _PAGE,
        "Accept-Language": "ko-KR",
        "Accept-Encoding": "gzip",
        "X-Requested-With": "com.kakao.talk",
        **_NAVIGATION,
    },
    "somebody with a cookie": {
        "User-Agent": _CHROME,
        "Accept": _PAGE,
        "Accept-Language": "ko-KR,ko;q=0.9",
        "Accept-Encoding": "br",
        "Cookie": "session=c29tZWJvZHkgd2hvIHdhcyBoZXJl; _ga=GA1.1.1.1",
        **_NAVIGATION,
    },
    "a program": {},
}


class OutOfReach(Exception):
    """What kept an asker from getting any answer; its words may be shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the headers by their small names, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Asker:
    """One visitor, whose connection stays open from question to question."""

    name: str
    front: Front
    connection: HTTPConnection | None = field(default=None, init=False)

    def get(self, path: str) -> Answer:
        """Give the answer, however it reads, after some patience with a busy portal. Raises OutOfReach."""
        problem = ""
        for number in range(TRIES):
            try:
                answer = self._once(path)
            except ssl.SSLCertVerificationError as error:
                raise OutOfReach(f"the certificate does not hold: {error.verify_message}") from None
            except (OSError, HTTPException) as error:
                self.leave()
                problem, wait = f"{type(error).__name__} {error}".strip(), 2.0**number
            else:
                if answer.status not in BUSY:
                    return answer
                said = answer.headers.get("retry-after", "1")
                problem, wait = f"answered {answer.status}", float(said) if said.isdigit() else 1.0
            if number + 1 < TRIES:
                time.sleep(min(wait, LONGEST_WAIT))
        raise OutOfReach(f"{path}: {problem}")

    @property
    def refuses_imports(self) -> bool:
        """Say whether the portal sends this visitor no Integrity-Policy, as `app.headers` has it."""
        return refuses_imports(WHO[self.name].get("User-Agent", ""))

    def leave(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _once(self, path: str) -> Answer:
        connection = self.connection or self._connect()
        connection.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in WHO[self.name].items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        self.connection = None if answer.will_close else connection
        headers: dict[str, str] = {}
        for name, value in answer.getheaders():
            known = headers.get(name.lower())
            headers[name.lower()] = value if known is None else f"{known}\n{value}"
        return Answer(answer.status, headers, _unpacked(body, headers.get("content-encoding", "")))

    def _connect(self) -> HTTPConnection:
        front = self.front
        if front.tls is None:
            return HTTPConnection(front.host, front.port, timeout=SECONDS)
        return HTTPSConnection(front.host, front.port, timeout=SECONDS, context=front.tls)


def _unpacked(body: bytes, packing: str) -> bytes:
    try:
        whole: bytes = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes, "identity": bytes}[packing](body)
        return whole
    except (KeyError, OSError, EOFError, brotli.error):
        raise HTTPException(f"cannot be unpacked ({packing})") from None
