"""Checking an evidence package or a signed list by whoever was given one: the page does it alone, and sends nothing."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.access import access
from app.forms.labels import label_texts
from app.forms.log_words import action_texts
from app.forms.site_words import SITE_COLUMNS
from app.page import same_for_everybody

blueprint = Blueprint("verify", __name__)


@blueprint.get("/verify")
@access("anyone")
def show() -> ResponseReturnValue:
    return same_for_everybody(
        "evidence/verify.html",
        lambda: {"labels": {**label_texts(), "log_actions": action_texts(), "site_columns": _columns()}},
    )


def _columns() -> dict[str, str]:
    return {name: str(words) for name, words in SITE_COLUMNS.items()}
