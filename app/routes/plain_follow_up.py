"""Coming back without scripts: the code is typed into a body, stretched, and forgotten; what it yields travels along.

Each page carries the 32 bytes that the code was stretched to, so that nothing is stretched twice and the code is on no
further page. They can do what the code can, and are kept nowhere on this side.
"""

import secrets
from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app import db
from app.access import KIB, access, form_token
from app.domain.deadline import day_of
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import Delayed, NotFound, Withdrawn
from app.forms.plain_answers import plain_text
from app.forms.plain_follow_up import (
    NO_REPORT,
    Around,
    PlainFollowUp,
    leaving,
    left,
    message_fault,
    threads,
    withdrawal_faults,
)
from app.forms.reach import Reach
from app.i18n import language
from app.limits import limited, stretching
from app.page import filled_up, must_take_plain_forms, same_for_everybody
from app.services import keyring, organisation, plain_follow_up, rota
from app.services.follow_up import FollowUp

blueprint = Blueprint("plain_follow_up", __name__)

MESSAGE_BODY: Final = 128 * KIB  # 10,000 characters, nine bytes each
Sent = MultiDict[str, str]


@blueprint.get("/follow-up/plain")
@access("anyone")
def show() -> ResponseReturnValue:
    must_take_plain_forms()
    context = {"code": PlainFollowUp(), "faults": [], "wait": 0, "form_token": form_token()}
    return same_for_everybody("plain_follow_up/enter.html", lambda: context)


@blueprint.post("/follow-up/plain")
@limited("plain")
@access("anyone", form=True)
def open_report(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    typed = PlainFollowUp(sent)
    if not typed.validate():
        return _enter(typed, 422)
    portal_id = plain_follow_up.portal_id_of(db.session())
    try:
        with stretching():
            stretched = plain_follow_up.stretch(typed.code, portal_id)
        found = plain_follow_up.open_report(db.session(), stretched)
    except Delayed as short:
        return _enter(typed, 429, wait=short.retry_after)
    except NotFound:
        typed.refuse(NO_REPORT)
        return _enter(typed, 404)
    return _visit(stretched, found)


@blueprint.post("/follow-up/plain/message")
@limited("plain")
@access("anyone", form=True, body_limit=MESSAGE_BODY)
def send_message(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    stretched, page_id = _key(sent), b64u_decode(sent.get("page_id", ""), "page_id", 16)
    referral_id = b64u_decode(sent.get("referral_id", ""), "referral_id", 16)
    text = plain_text(sent.get("message", ""))
    fault = message_fault(text)
    key = b64u_encode(referral_id)
    if fault is not None:
        found = plain_follow_up.open_report(db.session(), stretched)
        typed = {key: text}
        return _visit(stretched, found, 422, typed=typed, faults=[(f"message-{key}", str(fault))])
    try:
        plain_follow_up.send_text(db.session(), stretched, referral_id, page_id, text, datetime.now(UTC))
        done = key
    except Withdrawn:
        db.session().rollback()
        done = ""
    return _visit(stretched, plain_follow_up.open_report(db.session(), stretched), 201 if done else 409, done=done)


@blueprint.post("/follow-up/plain/visit")
@limited("plain")
@access("anyone", form=True)
def visit(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    stretched = _key(sent)
    return _visit(stretched, plain_follow_up.open_report(db.session(), stretched))


@blueprint.post("/follow-up/plain/withdrawal")
@limited("plain")
@access("anyone", form=True)
def withdraw(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    stretched, page_id = _key(sent), b64u_decode(sent.get("page_id", ""), "page_id", 16)
    when, faults = sent.get("when", ""), withdrawal_faults(sent)
    if faults:
        return _visit(stretched, plain_follow_up.open_report(db.session(), stretched), 422, when=when, faults=faults)
    try:
        plain_follow_up.withdraw(db.session(), stretched, when, page_id, datetime.now(UTC))
        if when == "now":
            db.checkpoint(db.engine())
        # What a legal hold keeps is still there to be seen; where nothing is, nothing is found.
        return _visit(stretched, plain_follow_up.open_report(db.session(), stretched))
    except NotFound:
        if when != "now":
            raise
        return _page("gone", 200)  # also where a first answer got lost: what was to be destroyed is


@blueprint.post("/follow-up/plain/leaving")
@limited("plain")
@access("anyone", form=True)
def ask_whether_to_leave(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    stretched, referral_id = _key(sent), b64u_decode(sent.get("referral_id", ""), "referral_id", 16)
    return _leaving(stretched, plain_follow_up.open_report(db.session(), stretched), referral_id)


@blueprint.post("/follow-up/plain/leaving/withdrawal")
@limited("plain")
@access("anyone", form=True)
def leave(sent: Sent) -> ResponseReturnValue:
    must_take_plain_forms()
    stretched, page_id = _key(sent), b64u_decode(sent.get("page_id", ""), "page_id", 16)
    referral_id = b64u_decode(sent.get("referral_id", ""), "referral_id", 16)
    when, faults = sent.get("when", ""), withdrawal_faults(sent)
    try:
        found = plain_follow_up.open_report(db.session(), stretched)
    except NotFound:
        if when != "now":
            raise
        return _page("gone", 200)  # the answer to the first press got lost, and this was the last letter
    if faults:
        return _leaving(stretched, found, referral_id, 422, when=when, faults=faults)
    plain_follow_up.withdraw(db.session(), stretched, when, page_id, datetime.now(UTC), referral_id)
    if when == "now":
        db.checkpoint(db.engine())
    try:
        now_there = plain_follow_up.open_report(db.session(), stretched)
    except NotFound:
        return _page("gone", 200)
    return _visit(stretched, now_there, left=left(now_there.referrals, referral_id, _around(now_there)))


def _key(sent: Sent) -> bytes:
    return b64u_decode(sent.get("key", ""), "key", 32)


def _enter(typed: PlainFollowUp, status: int, *, wait: int = 0) -> Response:
    response = _page("enter", status, code=typed, faults=typed.faults(), wait=wait)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _visit(
    stretched: bytes,
    found: FollowUp,
    status: int = 200,
    *,
    typed: dict[str, str] | None = None,
    done: str | None = None,
    left: str = "",
    when: str = "",
    faults: list[tuple[str, str]] | None = None,
) -> Response:
    page = _page(
        "visit",
        status,
        report=found.report,
        threads=threads(found.referrals, _around(found)),
        living=bool(plain_follow_up.living(found.referrals)),
        standing=bool(plain_follow_up.standing(found.referrals)),
        typed=typed or {},
        done=done,
        left=left,
        when=when,
        faults=faults or [],
        **_carried(stretched),
    )
    return filled_up(page)


def _leaving(
    stretched: bytes,
    found: FollowUp,
    referral_id: bytes,
    status: int = 200,
    *,
    when: str = "",
    faults: list[tuple[str, str]] | None = None,
) -> Response:
    asked = leaving(found.referrals, referral_id, _around(found))
    page = _page("leaving", status, leaving=asked, when=when, faults=faults or [], **_carried(stretched))
    return filled_up(page)


def _around(found: FollowUp) -> Around:
    today, spoken = day_of(datetime.now(UTC)), language()
    listed = organisation.with_keys(db.session())
    names = {one.slug: one.name_ko if spoken == "ko" else one.name_en for one in listed}
    said = rota.reachable(db.session(), today)
    reaches = {slug: Reach.of(one, spoken) for slug, one in said.items()}
    lost = keyring.lost(db.session(), {one.kid for one in found.referrals})
    return Around(names, reaches, lost, today, spoken)


def _carried(stretched: bytes) -> dict[str, str]:
    """Give what the next form brings back: the key, and a page's id, by which one press too many is known."""
    return {"key": b64u_encode(stretched), "page_id": b64u_encode(secrets.token_bytes(16))}


def _page(name: str, status: int, **said: Any) -> Response:  # noqa: ANN401 - what a template is given
    response = make_response(render_template(f"plain_follow_up/{name}.html", form_token=form_token(), **said))
    response.status_code = status
    return response
