"""The public page of one organisation, and the list of all."""

from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.forms.labels import label_texts
from app.forms.organisation_card import ABOUT
from app.forms.reach import Reach, said
from app.i18n import language
from app.page import same_for_everybody
from app.services import organisation, organisation_page, statistics

blueprint = Blueprint("organisation_page", __name__)

_LABELS: Final = ("organisation_kinds", "regions", "help_languages", "disability_support")


@blueprint.get("/organisations")
@access("anyone")
def listed() -> ResponseReturnValue:
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    key = tuple(
        (one.slug, one.kind, one.name_ko, one.name_en, one.region)
        for one in organisation.receiving(db.session())
        if one.slug != hidden
    )
    public = statistics.is_anything_public(db.session())
    return same_for_everybody(
        "organisation/list.html",
        lambda: {"organisations": key, "labels": label_texts(*_LABELS), "statistics_public": public},
        key=(key, public),
    )


@blueprint.get("/organisation/<slug>")
@access("anyone")
def show(slug: str) -> ResponseReturnValue:
    page = organisation_page.page_of(db.session(), slug, day_of(datetime.now(UTC)))
    spoken = language()
    return same_for_everybody(
        "organisation/page.html",
        lambda: {
            "page": page,
            "does": ABOUT[page.kind],
            "about": said(page.about, spoken),
            "reach": Reach.of(page.reachable, spoken),
            "labels": label_texts(*_LABELS),
        },
        key=page,
    )
