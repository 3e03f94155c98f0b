"""What the law wants said to everybody: the privacy policy, what is kept how long, rights, consent, accessibility."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.access import access
from app.data import policies, read, remedies, sections
from app.domain.deadline import day_of
from app.domain.vocabulary import ORGANISATION_KINDS
from app.errors import NotFound
from app.forms.kept import bounds, kept, kept_by
from app.forms.labels import label_texts
from app.forms.law import facts
from app.forms.offered import offered
from app.forms.organisation_card import PASSES_ON_TO, PURPOSES_OF, OrganisationCard
from app.i18n import language
from app.page import same_for_everybody

if TYPE_CHECKING:
    from config import Settings

blueprint = Blueprint("law", __name__)

_LABELS: Final = ("organisation_kinds", "purposes", "compartments")


@blueprint.get("/privacy/policy")
@access("anyone")
def policy() -> Response:
    return _policy(policies()[0])


@blueprint.get("/privacy/policy/<version>")
@access("anyone")
def earlier(version: str) -> ResponseReturnValue:
    for one in policies():
        if str(one["version"]) == version:
            return _policy(one)
    raise NotFound


@blueprint.get("/privacy/kept")
@access("anyone")
def how_long() -> Response:
    try:
        cards = offered(db.session(), language(), day_of(datetime.now(UTC)), hidden=_settings().canary_organisation)
    except SQLAlchemyError:
        cards = ()  # the rest of the page is true all the same
    table, letters = kept(_settings()), kept_by(cards)
    context = {"table": table, "letters": letters, "bounds": bounds()}
    return same_for_everybody("law/kept.html", lambda: context, key=(table, letters))


@blueprint.get("/privacy/consent")
@access("anyone")
def consent() -> Response:
    cards = [OrganisationCard(slug="", kind=kind, name="") for kind in ORGANISATION_KINDS]
    return same_for_everybody(
        "law/consent.html",
        lambda: {"cards": cards, "purposes": PURPOSES_OF, "pass_on": PASSES_ON_TO, "labels": label_texts(*_LABELS)},
    )


@blueprint.get("/rights")
@access("anyone")
def rights() -> Response:
    return same_for_everybody("law/rights.html", lambda: {"sections": sections("rights"), **_said()})


@blueprint.get("/accessibility")
@access("anyone")
def accessibility() -> Response:
    return same_for_everybody(
        "law/accessibility.html",
        lambda: {
            "sections": sections("accessibility"),
            "reviewed_on": read("accessibility")["reviewed_on"],
            **_said(),
        },
    )


def _policy(one: dict[str, Any]) -> Response:
    newest = policies()[0]["version"] == one["version"]
    return same_for_everybody(
        "law/policy.html",
        lambda: {"policy": one, "newest": newest, "policy_from": _settings().policy_from, **_said()},
    )


def _said() -> dict[str, Any]:
    return {"facts": facts(_settings(), language()), "remedies": remedies(), "versions": policies()}


def _settings() -> "Settings":
    settings: Settings = current_app.extensions["onestop_settings"]
    return settings
