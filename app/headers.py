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
# All that Chromium 156 knows and the portal uses nowhere; saying so binds whatever might run on its pages. What it uses
# itself is left out (the clipboard, passkeys), and so are client hints (`ch-…`), which are sent to those who ask for
# them: nothing here does. A test compares this with what the browser says that it knows.
UNUSED_FEATURES: Final = (
    "accelerometer aria-notify autoplay browsing-topics camera captured-surface-control compute-pressure "
    "cross-origin-isolated deferred-fetch deferred-fetch-minimal digital-credentials-create digital-credentials-get "
    "display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid identity-credentials-get "
    "idle-detection interest-cohort keyboard-map language-detector language-model local-fonts local-network "
    "local-network-access loopback-network magnetometer media-playback-while-not-visible microphone midi "
    "on-device-speech-recognition otp-credentials payment picture-in-picture private-state-token-issuance "
    "private-state-token-redemption screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr "
    "translator unload usb window-management xr-spatial-tracking"
)
NO_FEATURES: Final = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES.split())
# On the one page where a lead's own device reads the square of a recovery sheet. No page for reporters has a camera.
# What the camera sees is played in a video, which begins before it is shown.
FEATURES_WITH_CAMERA: Final = NO_FEATURES.replace("camera=()", "camera=(self)").replace(
    "media-playback-while-not-visible=()", "media-playback-while-not-visible=(self)"
)
# No script without its hash beside it: `app/assets.py` names that of each module that a page may come to import.
# Chromium knows no other destination yet; style sheets bring their hashes all the same.
INTEGRITY_POLICY: Final = ("Integrity-Policy", "blocked-destinations=(script)")
ALWAYS: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    INTEGRITY_POLICY,
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", NO_FEATURES),
)
# A script, a style sheet or JSON is no document: nothing of it is framed, and no feature is asked of it. It brings what
# is looked at in such files, and a policy under which nothing at all could happen in it. There are many, each with its
# headers; an onion service has no HTTP/2 that would send them once.
OF_A_FILE: Final = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
# A worker runs under the policies that its own script brings. It imports by itself and has no page that could name
# hashes, so no Integrity-Policy; that page asks for the same embedding.
OF_A_WORKER: Final = tuple(
    (name, value) for name, value in ALWAYS if name not in {"Integrity-Policy", "Permissions-Policy", "X-Frame-Options"}
)
_TWO_YEARS: Final = "max-age=63072000"
# The setting's words. `preload` allows browsers' makers to put the name on a list that they ship.
STRICT_TRANSPORT: Final = {
    "off": "",
    "on": _TWO_YEARS,
    "subdomains": f"{_TWO_YEARS}; includeSubDomains",
    "preload": f"{_TWO_YEARS}; includeSubDomains; preload",
}
NO_STORE: Final = ("Cache-Control", "no-store")
# Set here alone, or left out because it tells a stranger which software runs.
REPLACED: Final = frozenset(
    {"server", "x-powered-by", "strict-transport-security", *(name.lower() for name, _ in ALWAYS)}
)

_POLICY: Final = "Content-Security-Policy"
_FEATURES: Final = "Permissions-Policy"
# What a page may say instead of what is always said: these two, word by word, and nothing else.
_INSTEAD: Final = {
    (_POLICY, POLICY_WITH_WORKER): (_POLICY, CONTENT_SECURITY_POLICY),
    (_FEATURES, FEATURES_WITH_CAMERA): (_FEATURES, NO_FEATURES),
}
PAGE: Final = "text/html"
_FILES: Final = ("text/javascript", "text/css")
_JSON: Final = ("application/json", "application/problem+json")
_WORKERS: Final = "/js/workers/"

ExcInfo = tuple[type[BaseException], BaseException, "TracebackType"] | tuple[None, None, None]


def with_worker(response: "Response") -> "Response":
    """Let the page of this answer start the portal's own worker."""
    response.headers[_POLICY] = POLICY_WITH_WORKER
    return response


def with_camera(response: "Response") -> "Response":
    """Let the page of this answer ask for the camera; the browser still asks whoever sits there."""
    response.headers[_FEATURES] = FEATURES_WITH_CAMERA
    return response


def headers_for(path: str, status: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Give what every answer of this kind has; `kind` is its media type without parameters."""
    if kind in _JSON:
        return OF_A_FILE
    if kind not in _FILES or not status.startswith("200"):
        return ALWAYS
    return OF_A_WORKER if _WORKERS in path else OF_A_FILE


def refuses_imports(user_agent: str) -> bool:
    """Say whether a browser is WebKit's own (Safari, all on iPhones): under the policy it imports nothing at all.

    Preloads with a hash, which satisfy Chromium, do not satisfy it; it would want a script within the page.
    """
    return "AppleWebKit/" in user_agent and "Chrome/" not in user_agent


class SecurityHeaders:
    """WSGI middleware, the outermost: sets the headers, and `no-store` where nothing else was said."""

    def __init__(self, application: "WSGIApplication", strict_transport: str = "subdomains") -> None:
        self.application = application
        self.strict_transport = STRICT_TRANSPORT[strict_transport]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        def start(
            status: str, sent: list[tuple[str, str]], exc_info: "ExcInfo | None" = None
        ) -> "Callable[[bytes], object]":
            headers = [header for header in sent if header[0].lower() not in REPLACED]
            if not any(name.lower() == "cache-control" for name, _ in headers):
                headers.append(NO_STORE)
            kind = next((value for name, value in sent if name.lower() == "content-type"), "").partition(";")[0]
            headers += headers_for(environ.get("PATH_INFO", ""), status, kind)
            for chosen, usual in _INSTEAD.items():
                if chosen in sent and usual in headers:
                    headers[headers.index(usual)] = chosen
            # Read here, not above: the proxy layer inside corrects the scheme.
            if self.strict_transport and environ.get("wsgi.url_scheme") == "https":
                headers.append(("Strict-Transport-Security", self.strict_transport))
            # On pages alone: a front keeps files for everybody, as the first who asked got them.
            if kind == PAGE and INTEGRITY_POLICY in headers and refuses_imports(environ.get("HTTP_USER_AGENT", "")):
                headers.remove(INTEGRITY_POLICY)
            return start_response(status, headers, exc_info)

        return self.application(environ, start)
