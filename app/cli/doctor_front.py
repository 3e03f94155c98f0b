"""The doctor's look at the portal from outside, by its public address: certificate, headers, whose portal it is."""

import http.client
import json
import re
import ssl
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app import db
from app.cli.finding import Asked, Check, Complaint, Note, settings
from app.domain.wire import b64u_encode
from app.errors import NotFound
from app.headers import ALWAYS, NO_STORE, STRICT_TRANSPORT
from app.services import portal

SECONDS: Final = 15
MOST: Final = 4 << 20
CERTIFICATE_DAYS: Final = 14
_ASSET: Final = re.compile(r'"(/static/[0-9a-f]{16}/[^"]+\.css)"')
_DETAIL: Final = re.compile(r"[\d/()]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and until when the certificate is good (seconds since 1970; 0 without TLS)."""

    status: int
    headers: dict[str, str]
    body: bytes
    good_until: float


def _fetch(url: str, path: str, accepted: str = "identity") -> Answer:
    """Ask once, this host only: a redirect is an answer, and is not followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise Complaint(f"--url must read like https://portal.example, not {url}")
    try:
        connection = kind(parts.hostname, parts.port, timeout=SECONDS)
        connection.request("GET", path, headers={"Accept-Encoding": accepted, "User-Agent": "onestop-doctor"})
        good_until = _good_until(connection)
        answer = connection.getresponse()
        headers = {name.lower(): text for name, text in answer.getheaders()}
        return Answer(answer.status, headers, answer.read(MOST), good_until)
    except ssl.SSLCertVerificationError as error:
        raise Complaint(f"browsers will not trust the certificate: {error.verify_message}; see certbot") from None
    except (OSError, http.client.HTTPException) as error:
        raise Complaint(f"{url} does not answer ({type(error).__name__}): is nginx running, the name right?") from None
    finally:
        connection.close()


def _good_until(connection: http.client.HTTPConnection) -> float:
    if not isinstance(connection.sock, ssl.SSLSocket):
        return 0
    until = (connection.sock.getpeercert() or {}).get("notAfter", "")
    return float(ssl.cert_time_to_seconds(str(until)))


def _headers(asked: Asked) -> str:
    if not asked.url:
        raise Note("not looked at; say --url https://…")
    answer = _fetch(asked.url, "/")
    if answer.status != 200:
        raise Complaint(f"/ answers {answer.status}: is this the portal's own address, and does it run?")
    _as_the_portal_sends_them(answer)
    if asked.url.startswith("https:"):
        wanted = STRICT_TRANSPORT[settings().strict_transport]
        if answer.headers.get("strict-transport-security", "") != wanted:
            raise Complaint(
                "Strict-Transport-Security is not as the settings say: with one proxy in front, "
                "ONESTOP_TRUSTED_PROXIES must be 1"
            )
        _certificate(answer)
    else:
        raise Note("without TLS, which only an onion service may be")
    return ""


def _as_the_portal_sends_them(answer: Answer) -> None:
    wrong = [name for name, text in ALWAYS if answer.headers.get(name.lower()) != text]
    if wrong:
        raise Complaint(f"something in front changes or drops {', '.join(wrong)}: see deploy/nginx")
    if answer.headers.get("cache-control") != NO_STORE[1]:
        raise Complaint("the page may be stored on the way or on a device: nothing in front may set Cache-Control")
    for name in ("server", "x-powered-by", "via"):
        if _DETAIL.search(answer.headers.get(name, "")):
            raise Complaint(f"{name}: {answer.headers[name]} tells too much: `server_tokens off` in nginx.conf")


def _certificate(answer: Answer) -> None:
    days = (answer.good_until - time.time()) / 86400
    if days < CERTIFICATE_DAYS:
        raise Complaint(f"the certificate ends in {days:.0f} days: `certbot renew`, and see why its timer did not")


def _static(asked: Asked) -> str:
    if not asked.url:
        raise Note("not looked at; say --url https://…")
    found = _ASSET.search(_fetch(asked.url, "/privacy").body.decode("utf-8", "replace"))
    if not found:
        raise Complaint("the page names no static file: is this the portal's own address?")
    answer = _fetch(asked.url, found[1], "br, gzip")
    if answer.status != 200 or "immutable" not in answer.headers.get("cache-control", ""):
        raise Complaint(f"{found[1]} is not served as the portal does: see deploy/nginx/locations.conf")
    if "content-encoding" not in answer.headers:
        raise Note("static files go out uncompressed: let the portal's own compressed copies through")
    return ""


def _same_portal(asked: Asked) -> str:
    if not asked.url:
        raise Note("not looked at; say --url https://…")
    try:
        said = json.loads(_fetch(asked.url, "/api/v1/directory").body)["portal_id"]
        if said == b64u_encode(portal.current(db.session()).portal_id):
            return ""
    except (ValueError, KeyError, TypeError, NotFound):
        pass
    raise Complaint(f"another portal answers at {asked.url}, or one with another database")


FRONT: Final[dict[str, Check]] = {"headers": _headers, "static": _static, "address": _same_portal}
