"""Pages of the site directory, of campaigns, of the effort ledger, and of a monitoring group's links.

Whatever is on them is opened and sealed in the browser: the portal has the sealed records of `/record`, and no more.
"""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.domain.answer import answer
from app.domain.link_asking import parse_own_list
from app.errors import NotFound
from app.forms.labels import label_texts
from app.forms.site_words import SITE_COLUMNS, table_words
from app.i18n import language
from app.limits import limited
from app.record_page import record_page
from app.services import organisation, signed_list
from app.services.signed_in import SignedIn

blueprint = Blueprint("sites", __name__)

ENUMS = ("directory_states", "campaign_states", "site_kinds", "registrations", "effort_kinds", "roles",
         "recheck_answers", "organisation_kinds")  # fmt: skip
RECEIVERS = ("support_centre", "commission", "police")


def _page(template: str, caseworker: SignedIn, record_id: str = "", **more: object) -> str:
    labels, words = label_texts(*ENUMS), table_words()
    more |= {"labels": labels, "table_words": words, "site_columns": SITE_COLUMNS}
    return record_page(template, caseworker, record_id, **more)


@blueprint.get("/sites")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("sites/list.html", caseworker)


@blueprint.get("/sites/<record_id>")
@limited("staff")
@access("caseworker")
def site(caseworker: SignedIn, record_id: str) -> ResponseReturnValue:
    return _page("sites/site.html", caseworker, record_id)


@blueprint.post("/sites/list")
@limited("staff")
@access("caseworker", json=True, body_limit=KIB)
def listed(caseworker: SignedIn) -> ResponseReturnValue:
    """Note that a table or a signed list leaves: what is in it stays in the browser."""
    kind = parse_own_list(request.get_data(cache=False))
    return jsonify(answer({"made_at": signed_list.note(db.session(), caseworker, kind, datetime.now(UTC))}))


@blueprint.get("/campaigns")
@limited("staff")
@access("caseworker")
def campaigns(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("campaigns/list.html", caseworker)


@blueprint.get("/campaigns/<record_id>")
@limited("staff")
@access("caseworker")
def campaign(caseworker: SignedIn, record_id: str) -> ResponseReturnValue:
    return _page("campaigns/campaign.html", caseworker, record_id)


@blueprint.get("/effort")
@limited("staff")
@access("caseworker")
def effort(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("effort/effort.html", caseworker)


@blueprint.get("/monitor")
@limited("staff")
@access("caseworker")
def monitor(caseworker: SignedIn) -> ResponseReturnValue:
    """Show where a monitoring group sends links from; who works elsewhere has no such page."""
    if caseworker.kind != "monitor":
        raise NotFound
    receivers = [
        {"slug": one.slug, "kind": one.kind, "name": one.name_en if language() == "en" else one.name_ko}
        for one in organisation.receiving(db.session())
        if one.kind in RECEIVERS
    ]
    return _page("monitor/monitor.html", caseworker, receivers=receivers)
