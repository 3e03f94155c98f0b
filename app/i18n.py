"""Two languages: Korean at `/…`, English at `/en/…`. The prefix moves into SCRIPT_NAME, so that url_for keeps it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from flask import Flask, g, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel
from flask_babel.speaklater import LazyString

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

DEFAULT_LANGUAGE: Final = "ko"
PREFIXED_LANGUAGE: Final = "en"
LANGUAGE_KEY: Final = "onestop.language"
ROOT_KEY: Final = "onestop.root"
_PREFIX: Final = "/" + PREFIXED_LANGUAGE


class LanguagePrefix:
    """WSGI middleware: takes `/en` off the path and notes the language and the portal's own root."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        path, root = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        environ[ROOT_KEY], environ[LANGUAGE_KEY] = root, DEFAULT_LANGUAGE
        if path == _PREFIX or path.startswith(_PREFIX + "/"):
            environ[LANGUAGE_KEY] = PREFIXED_LANGUAGE
            environ["SCRIPT_NAME"] = root + _PREFIX
            environ["PATH_INFO"] = path.removeprefix(_PREFIX) or "/"
        return self.application(environ, start_response)


class Json(DefaultJSONProvider):
    """JSON with Korean as Korean, and with translated words as words."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(o: Any) -> Any:  # noqa: ANN401 - the signature is Flask's
        """Turn a lazily translated word into the word of this page."""
        return str(o) if isinstance(o, LazyString) else DefaultJSONProvider.default(o)


def language() -> str:
    """Give the language of this page: `ko` or `en`."""
    return str(request.environ.get(LANGUAGE_KEY, DEFAULT_LANGUAGE))


def root_path() -> str:
    """Give the portal's root without the language, for what is the same in every language."""
    return str(request.environ.get(ROOT_KEY, ""))


def other_language_url(*, query: bool = True) -> str:
    """Give the address of this page in the other language: always a path of this portal, whatever was asked for."""
    prefix = "" if language() == PREFIXED_LANGUAGE else _PREFIX
    if request.method != "GET":
        return f"{root_path()}{prefix}/"  # a form's address asks for nothing without the form
    path = "/" + quote(request.path.lstrip("/\\"), safe="/~")
    # Public pages take no query: echoing one would make each visit a page of its own.
    kept = "" if g.get("public", True) or not query else request.query_string.decode("ascii", "replace")
    return root_path() + prefix + path + (f"?{kept}" if kept else "")


def init_app(app: Flask) -> None:
    """Attach the catalogues; a missing Korean catalogue stops the start, because the pages would be in English."""
    catalogue = Path(app.root_path) / "translations" / "ko" / "LC_MESSAGES" / "messages.mo"
    if not catalogue.is_file():
        msg = "The Korean catalogue is not compiled: run `pybabel compile -d app/translations`"
        raise RuntimeError(msg)
    app.json = Json(app)
    # Templates keep the serialiser of the moment when Jinja was made: Korean in \u escapes is twice the bytes.
    app.jinja_env.policies["json.dumps_function"] = app.json.dumps
    Babel(app, default_locale=DEFAULT_LANGUAGE, default_timezone="Asia/Seoul", locale_selector=language)
