"""Security headers on every answer, fewer on scripts and style sheets. A WSGI layer, so nothing slips past."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Response

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Pages from which a reporter sends may start one worker of ours, which computes proofs of work; the policy of that name
# in static/js/pages/proof.js lets no other address through.
POLICY_WITH_WORKER: Final = CONTENT_SECURITY_POLICY.replace("worker-src 'none'", "worker-src 'self'").replace(
    "trusted-types 'none'", "trusted-types onestop-worker"
)
# The portal uses none of these, but for one page; saying so binds whatever might run on its pages.
UNUSED_FEATURES: Final = (
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
NO_FEATURES: Final = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)
# On the one page where a lead's own device reads the square of a recovery sheet. No page for reporters has a camera.
FEATURES_WITH_CAMERA: Final = NO_FEATURES.replace("camera=()", "camera=(self)")
ALWAYS: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", NO_FEATURES),
)
# A script or a style sheet is no document: nothing of it is framed, and no feature is asked of it. It brings what is
# looked at in such files, and a policy under which nothing at all could happen in it. There are many, each with its
# headers; an onion service has no HTTP/2 that would send them once.
OF_A_FILE: Final = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
STRICT_TRANSPORT: Final = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
NO_STORE: Final = ("Cache-Control", "no-store")
# Set here alone, or left out because it tells a stranger which software runs.
REPLACED: Final = frozenset({"server", "x-powered-by", *(name.lower() for name, _ in ALWAYS)})

_POLICY: Final = "Content-Security-Policy"
_FEATURES: Final = "Permissions-Policy"
# What a page may say instead of what is always said: these two, word by word, and nothing else.
_INSTEAD: Final = {
    (_POLICY, POLICY_WITH_WORKER): (_POLICY, CONTENT_SECURITY_POLICY),
    (_FEATURES, FEATURES_WITH_CAMERA): (_FEATURES, NO_FEATURES),
}
_FILES: Final = ("text/javascript", "text/css")
_WORKERS: Final = "/js/workers/"  # a worker runs under the policy that its own script brings

ExcInfo = tuple[type[BaseException], BaseException, "TracebackType"] | tuple[None, None, None]


def with_worker(response: "Response") -> "Response":
    """Let the page of this answer start the portal's own worker."""
    response.headers[_POLICY] = POLICY_WITH_WORKER
    return response


def with_camera(response: "Response") -> "Response":
    """Let the page of this answer ask for the camera; the browser still asks whoever sits there."""
    response.headers[_FEATURES] = FEATURES_WITH_CAMERA
    return response


def _is_file(environ: "WSGIEnvironment", status: str, sent: list[tuple[str, str]]) -> bool:
    kind = next((value for name, value in sent if name.lower() == "content-type"), "")
    return (
        status.startswith("200") and kind.partition(";")[0] in _FILES and _WORKERS not in environ.get("PATH_INFO", "")
    )


class SecurityHeaders:
    """WSGI middleware, the outermost: sets the headers, and `no-store` where nothing else was said."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        def start(
            status: str, sent: list[tuple[str, str]], exc_info: "ExcInfo | None" = None
        ) -> "Callable[[bytes], object]":
            headers = [header for header in sent if header[0].lower() not in REPLACED]
            if not any(name.lower() == "cache-control" for name, _ in headers):
                headers.append(NO_STORE)
            headers += OF_A_FILE if _is_file(environ, status, sent) else ALWAYS
            for chosen, usual in _INSTEAD.items():
                if chosen in sent and usual in headers:
                    headers[headers.index(usual)] = chosen
            # Read here, not above: the proxy layer inside corrects the scheme.
            if environ.get("wsgi.url_scheme") == "https":
                headers.append(STRICT_TRANSPORT)
            return start_response(status, headers, exc_info)

        return self.application(environ, start)
