"""What every template may use, whatever its page; and pages that are the same for everybody, rendered once."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from app import db, i18n
from app.data import advice, consent_words, easy_words, help_lines, refused
from app.domain.answer import answer
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode
from app.errors import NotFound
from app.services import portal, public_notice

if TYPE_CHECKING:
    from config import Settings

MOST_KEPT: Final = 64
BOARD_KEPT: Final = 5.0  # seconds until a notice of the operator's stands on the pages of every process
BOARD_AWAY: Final = 60.0  # seconds without asking a database that did not answer
STEP: Final = 16 * 1024  # bytes


class Renderings:
    """The last pages that were the same for everybody, each with the hash of its bytes."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()
        self.lock = Lock()

    def of(self, key: Hashable, render: Callable[[], str]) -> tuple[bytes, str]:
        """Give a page, rendered if it is not kept; the one that was not asked for longest makes room."""
        with self.lock:
            found = self.kept.get(key)
        if found is None:
            page = render().encode("utf-8")
            found = page, hashlib.sha256(page).hexdigest()
        with self.lock:
            self.kept[key] = found
            self.kept.move_to_end(key)
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands of a notice on every page; the rest is at /notices."""

    name: str
    title_ko: str
    title_en: str


class Board:
    """The notices that stand today, read every few seconds at most; without the database, as they were known last."""

    def __init__(self) -> None:
        self.kept: tuple[Headline, ...] = ()
        self.until = 0.0

    def headlines(self) -> tuple[Headline, ...]:
        """Give the headlines, the newest first."""
        if monotonic() >= self.until:
            self.until = monotonic() + BOARD_AWAY  # whoever comes meanwhile need not wait for the answer
            try:
                standing = public_notice.standing(db.session(), day_of(datetime.now(UTC)))
            except SQLAlchemyError:
                return self.kept
            self.kept = tuple(
                Headline(b64u_encode(one.notice_id), one.content.title_ko, one.content.title_en) for one in standing
            )
            self.until = monotonic() + BOARD_KEPT
        return self.kept

    def changed(self) -> None:
        """Look again at once."""
        self.until = 0.0


def board() -> Board:
    """Give the portal's notice board."""
    found: Board = current_app.extensions["onestop_board"]
    return found


def same_for_everybody(template: str, context: Callable[[], dict[str, Any]] = dict, *, key: Hashable = ()) -> Response:
    """Answer with a public page. `key` stands for all that `context` takes from the database or the form.

    The page must not differ between two people who ask for it in one language: what it says is kept for the next.
    """
    place = (i18n.root_path(), i18n.language(), request.path)
    return _kept(
        (template, place, is_demo(), board().headlines(), key),
        lambda: render_template(template, **context()),
        "text/html",
    )


def same_json_for_everybody(said: Hashable) -> Response:
    """Answer with public JSON, written once for all that is equal; `said` is what `answer` takes."""
    return _kept(said, lambda: jsonify(answer(said)).get_data(as_text=True), "application/json")


def filled_up(response: Response) -> Response:
    """Add spaces up to the next multiple of 16 KiB: whoever watches the line sees less of what changed in an answer.

    JSON and HTML both may end in spaces; such an answer is never compressed.
    """
    content = response.get_data()
    response.set_data(content + b" " * (-len(content) % STEP))
    return response


def _kept(key: Hashable, render: Callable[[], str], kind: str) -> Response:
    renderings: Renderings = current_app.extensions["onestop_renderings"]
    written, g.rendering = renderings.of(key, render)
    return Response(written, mimetype=kind)


def _words(settings: "Settings", language: str) -> dict[str, str]:
    korean = language == "ko"
    return {
        "portal_name": settings.portal_name_ko if korean else settings.portal_name_en,
        "operator": settings.operator_ko if korean else settings.operator_en,
    }


def must_take_plain_forms() -> None:
    """Pass where the setting has the forms for browsers without scripts. Raises NotFound."""
    settings: Settings = current_app.extensions["onestop_settings"]
    if settings.plain_form != "on":
        raise NotFound


def is_demo() -> bool:
    """Tell whether this portal is a demo; a database that is away must not take the help lines off the page."""
    known: bool | None = current_app.extensions.get("onestop_demo")
    if known is None:
        try:
            known = portal.current(db.session()).demo
        except (NotFound, SQLAlchemyError):
            return False
        current_app.extensions["onestop_demo"] = known  # written once, at the set-up
    return known


def portal_id() -> str:
    """Give the portal's id as the directory has it; empty before the set-up. Scripts begin early what depends on it."""
    try:
        return b64u_encode(portal.current(db.session()).portal_id)
    except (NotFound, SQLAlchemyError):
        return ""


def _context() -> dict[str, Any]:
    settings: Settings = current_app.extensions["onestop_settings"]
    return {
        **_words(settings, i18n.language()),
        "language": i18n.language(),
        "other_language_url": i18n.other_language_url(),
        "demo": is_demo(),
        "public_notices": () if g.get("caseworker") else board().headlines(),
        "caseworker": g.get("caseworker"),
        "csrf_token": g.get("csrf_token", ""),
        "exit_url": settings.exit_url,
        "help_lines": help_lines(),
        "plain_form": settings.plain_form == "on",
        "advice": advice(),
        "easy_words": easy_words(),
        "refused": refused(),
        "consent_words": consent_words(),
        "under_14": settings.under_14,
    }


def init_app(app: Flask) -> None:
    """Hand the context to every template."""
    app.extensions["onestop_renderings"] = Renderings()
    app.extensions["onestop_board"] = Board()
    app.context_processor(_context)
