"""Public statistics: the months that organisations made public, as a page and as JSON. By default there are none."""

from typing import Final

from flask import Blueprint, Response, current_app, jsonify

from app import db
from app.access import access
from app.domain.suppression import LEAST
from app.forms.figures import public_sections
from app.page import same_for_everybody
from app.services import statistics
from app.services.statistics import OfOrganisation

blueprint = Blueprint("statistics", __name__)

# Programs may ask often, and what is taken back should soon be gone. The page is kept nowhere, as no page here is.
_KEPT_FOR: Final = "public, max-age=600"


def _public() -> tuple[OfOrganisation, ...]:
    hidden: str = current_app.extensions["onestop_settings"].canary_organisation
    return statistics.public(db.session(), hidden)


@blueprint.get("/statistics")
@access("anyone")
def show() -> Response:
    found = _public()
    return same_for_everybody(
        "statistics/statistics.html",
        lambda: {
            "organisations": [(one, [(month.month, public_sections(month)) for month in one.months]) for one in found],
            "statistics_public": bool(found),
            "least": LEAST,
        },
        key=found,
    )


@blueprint.get("/statistics.json")
@access("anyone", json=True)
def as_json() -> Response:
    organisations = [
        {
            "slug": one.slug,
            "name_ko": one.name_ko,
            "name_en": one.name_en,
            "months": [{"month": month.month, **month.content} for month in one.months],
        }
        for one in _public()
    ]
    answer = jsonify({"v": 1, "not_shown_below": LEAST, "organisations": organisations})
    answer.headers["Cache-Control"] = _KEPT_FOR
    return answer
