"""What every template may use, whatever its page."""

from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from app import db, i18n
from app.data import help_lines
from app.errors import NotFound
from app.services import portal

if TYPE_CHECKING:
    from config import Settings


def _words(settings: "Settings", language: str) -> dict[str, str]:
    korean = language == "ko"
    return {
        "portal_name": settings.portal_name_ko if korean else settings.portal_name_en,
        "operator": settings.operator_ko if korean else settings.operator_en,
    }


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


def _context() -> dict[str, Any]:
    settings: Settings = current_app.extensions["onestop_settings"]
    return {
        **_words(settings, i18n.language()),
        "language": i18n.language(),
        "other_language_url": i18n.other_language_url(),
        "demo": is_demo(),
        "caseworker": g.get("caseworker"),
        "csrf_token": g.get("csrf_token", ""),
        "exit_url": settings.exit_url,
        "help_lines": help_lines(),
    }


def init_app(app: Flask) -> None:
    """Hand the context to every template."""
    app.context_processor(_context)
