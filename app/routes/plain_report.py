"""Reporting without scripts: one step an address, every one of them sealed, sent or shown, and none of it kept.

The answers travel from page to page as hidden fields, in bodies and never in addresses. What is typed is larger than
its letter: in Korean a character takes nine bytes on its way here.

Whether easy words are shown goes along in the same way, and between pages that nothing is sent to as the end of the
address. Of two addresses of one page the lower one below is what `url_for` gives unless it is asked for the other.
"""

import secrets
from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict

from app import db
from app.access import KIB, access, form_token
from app.domain import receipt_code
from app.domain.deadline import day_of
from app.domain.wire import b64u_decode
from app.errors import Delayed, KeyRetired, NotReceiving
from app.forms.letter_rows import letter_rows
from app.forms.offered import not_offered, offered
from app.forms.organisation_card import OrganisationCard
from app.forms.plain_checks import AGREE, DIGITS_DIFFER, GONE, add_fault, check_letters, last_digits
from app.forms.plain_fit import by_kind, fits
from app.forms.plain_letter import Draft, consent_of, draft_of, left_out, letter_of
from app.forms.plain_reading import advice_on
from app.forms.plain_report import SECTIONS, PlainReport
from app.i18n import language
from app.limits import limited, stretching
from app.page import must_take_plain_forms, same_for_everybody
from app.services import plain_report
from app.services.plain_report import Chosen
from app.services.standing import Resting

blueprint = Blueprint("plain_report", __name__)

# Below everything that would put a body into a file: Werkzeug's 500 kB for forms, and nginx's buffer (deploy/nginx).
PLAIN_BODY: Final = 480 * KIB
DATABASE_WAIT: Final = 5  # seconds
Sent = MultiDict[str, str]


@blueprint.get("/report/plain/easy", defaults={"easy": True})
@blueprint.get("/report/plain", defaults={"easy": False})
@access("anyone")
def show(*, easy: bool) -> ResponseReturnValue:
    must_take_plain_forms()
    return same_for_everybody("plain_report/notice.html", lambda: {"easy_on": easy})


@blueprint.get("/report/plain/write/easy", defaults={"easy": True})
@blueprint.get("/report/plain/write", defaults={"easy": False})
@access("anyone")
def write(*, easy: bool) -> ResponseReturnValue:
    must_take_plain_forms()
    cards, resting = _cards(), _resting()
    return same_for_everybody(
        "plain_report/form.html",
        lambda: {**_form_said(_report(cards), resting), "easy_on": easy},
        key=(cards, resting),
    )


@blueprint.post("/report/plain/write")
@limited("plain")
@access("anyone", form=True, body_limit=PLAIN_BODY)
def write_on(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    report = _report(_cards(), sent)
    return _form(report, 200 if report.understands() else 422)


@blueprint.post("/report/plain/check")
@limited("plain")
@access("anyone", form=True, body_limit=PLAIN_BODY)
def check(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    report = _report(_cards(), sent)
    report_id = secrets.token_bytes(16)
    draft = _draft(report, report_id)
    if draft is None:
        return _form(report, 422)
    return _review(report, draft, receipt_code.generate())


@blueprint.post("/report/plain/send")
@limited("plain")
@access("anyone", form=True, body_limit=PLAIN_BODY)
def send(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    report_id = b64u_decode(sent.get("report_id", ""), "report_id", 16)
    code = receipt_code.normalise(sent.get("code", ""))
    report = _report(_cards(), sent)
    draft = _draft(report, report_id)
    if draft is None:
        return _form(report, 422)
    if "agreed" not in sent:
        return _review(report, draft, code, 422, faults=[("agreed", str(AGREE))])
    try:
        _seal_and_keep(report, draft, code)
    except Delayed as short:
        return _review(report, draft, code, 429, wait=short.retry_after)
    except (KeyRetired, NotReceiving):
        add_fault(report.consents[report.chosen[0].slug].chosen, GONE)
        return _form(report, 409)
    except SQLAlchemyError as error:
        if not db.is_away(error):
            raise
        return _review(report, draft, code, 503, wait=DATABASE_WAIT)
    return _receipt(code, [card.slug for card in report.chosen], 201, easy=_is_easy(sent))


@blueprint.post("/report/plain/kept")
@limited("plain")
@access("anyone", form=True)
def confirm(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    code = receipt_code.normalise(sent.get("code", ""))
    easy = _is_easy(sent)
    if last_digits(sent.get("last_digits", "")) != code[-4:]:
        slugs = sent.getlist("organisation")
        return _receipt(code, slugs, 422, easy=easy, faults=[("last_digits", str(DIGITS_DIFFER))])
    return redirect(url_for("plain_report.done", easy=easy), 303)


@blueprint.get("/report/plain/sent/easy", defaults={"easy": True})
@blueprint.get("/report/plain/sent", defaults={"easy": False})
@access("anyone")
def done(*, easy: bool) -> ResponseReturnValue:
    must_take_plain_forms()
    return same_for_everybody("plain_report/sent.html", lambda: {"easy_on": easy})


def _cards() -> tuple[OrganisationCard, ...]:
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    cards = offered(db.session(), language(), day_of(datetime.now(UTC)), hidden=hidden)
    db.session().rollback()  # nothing is held while somebody's words are looked at and sealed
    return cards


def _resting() -> tuple[Resting, ...]:
    resting = not_offered(db.session(), hidden=current_app.extensions["onestop_settings"].canary_organisation)
    db.session().rollback()
    return resting


def _is_easy(sent: Sent | None) -> bool:
    """Whether the box of easy words was ticked on the page before: it goes from page to page as the answers do."""
    return sent is not None and "easy" in sent


def _report(cards: tuple[OrganisationCard, ...], sent: Sent | None = None) -> PlainReport:
    return PlainReport(cards, sent, under_14=current_app.extensions["onestop_settings"].under_14)


def _draft(report: PlainReport, report_id: bytes) -> Draft | None:
    """Give what each organisation would read; None where something has to be looked at first."""
    if not report.validate():
        return None
    draft = draft_of(report, report_id, language())
    return draft if check_letters(report, draft.letters) else None


def _seal_and_keep(report: PlainReport, draft: Draft, code: str) -> None:
    chosen = [Chosen(card.slug, *consent_of(report, card)) for card in report.chosen]
    to = plain_report.recipients(db.session(), chosen)
    keep_own = not report.form.own_declined.data
    with stretching():
        submission = plain_report.seal(to, code, draft.whole, urgent=draft.urgent, keep_own=keep_own)
    grace_days = current_app.extensions["onestop_settings"].epoch_grace_days
    plain_report.keep(db.session(), submission, datetime.now(UTC), grace_days=grace_days)


def _form_said(report: PlainReport, resting: tuple[Resting, ...]) -> dict[str, Any]:
    said = {"report": report, "sections": SECTIONS, "faults": report.faults(), "form_token": form_token()}
    return said | {"resting": resting, "fits": []}


def _form(report: PlainReport, status: int) -> Response:
    said = {"easy_on": _is_easy(report.sent), **_form_said(report, _resting())}
    if report.consent.understood.data:  # before that, nothing is made of what was written
        said["fits"] = fits(
            report.cards, letter_of(report, secrets.token_bytes(16), language()), language(), datetime.now(UTC)
        )
    return _page("form", status, **said)


def _review(
    report: PlainReport,
    draft: Draft,
    code: str,
    status: int = 200,
    *,
    wait: int = 0,
    faults: list[tuple[str, str]] | None = None,
) -> Response:
    letters = [(card.name, letter_rows(letter), draft.absent_from(letter)) for card, letter in draft.letters]
    told = {"letters": letters, "notes": report.notes(), "left_out": left_out(report), "urgent": draft.urgent}
    told["fits"] = by_kind(fits(report.cards, draft.whole, language(), datetime.now(UTC)), report.chosen)
    told["advice_on_links"] = advice_on(draft.whole["items"], language())
    told["easy_on"] = _is_easy(report.sent)
    identity = {"report_id": draft.whole["report_id"], "code": code}
    response = _page("check", status, report=report, wait=wait, faults=faults or [], **told, **identity)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _receipt(
    code: str, slugs: list[str], status: int, *, easy: bool, faults: list[tuple[str, str]] | None = None
) -> Response:
    names = {card.slug: card.name for card in _cards()}
    told = [(slug, names[slug]) for slug in slugs if slug in names]
    groups = receipt_code.format(code).split(" ")
    said = {"groups": groups, "organisations": told, "faults": faults or [], "easy_on": easy}
    return _page("receipt", status, code=code, **said)


def _page(name: str, status: int, **said: Any) -> Response:  # noqa: ANN401 - what a template is given
    words = render_template(f"plain_report/{name}.html", **{"form_token": form_token(), **said})
    response = make_response(words)
    response.status_code = status
    return response
