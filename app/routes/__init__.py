"""Addresses. Each module holds one blueprint; this tuple is the whole portal."""

from typing import TYPE_CHECKING, Final

from app.routes import (
    account,
    api,
    caller,
    draft,
    error_pages,
    exit,  # noqa: A004 - the address's own word
    first_day,
    follow_up,
    health,
    help,  # noqa: A004 - likewise
    home,
    invitation,
    junk,
    keys,
    log,
    onward,
    operator,
    organisation,
    organisation_page,
    people,
    plain_follow_up,
    plain_report,
    privacy,
    queue,
    queue_change,
    queue_listing,
    record,
    recovery,
    referral,
    report,
    requests,
    resealing,
    sign_in,
    start,
    verify,
)

if TYPE_CHECKING:
    from flask import Blueprint

__all__ = ["BLUEPRINTS", "error_pages"]

BLUEPRINTS: "Final[tuple[Blueprint, ...]]" = (
    home.blueprint,
    help.blueprint,
    privacy.blueprint,
    verify.blueprint,
    exit.blueprint,
    health.blueprint,
    api.blueprint,
    report.blueprint,
    draft.blueprint,
    follow_up.blueprint,
    plain_report.blueprint,
    plain_follow_up.blueprint,
    sign_in.blueprint,
    invitation.blueprint,
    account.blueprint,
    start.blueprint,
    queue.blueprint,
    queue_change.blueprint,
    queue_listing.blueprint,
    junk.blueprint,
    log.blueprint,
    caller.blueprint,
    organisation.blueprint,
    organisation_page.blueprint,
    operator.blueprint,
    first_day.blueprint,
    people.blueprint,
    referral.blueprint,
    onward.blueprint,
    record.blueprint,
    requests.blueprint,
    resealing.blueprint,
    keys.blueprint,
    recovery.blueprint,
)
