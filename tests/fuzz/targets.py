"""What is searched: every parser of what somebody else has written. Each target takes any bytes, and raises only if the
parser does something else than taking them or refusing them with a FormatError.
"""

import json
from datetime import UTC, datetime, timedelta

from app.access import sent_form
from app.crypto.epoch_chain import verify_directory
from app.domain import (
    casework,
    coming_back,
    evidence,
    holding,
    invitation,
    keyring_content,
    letter,
    link_asking,
    message_content,
    onward_answer,
    own_record,
    passing_on,
    people,
    queue_asking,
    receipt_code,
    recovery,
    resealing,
    signed_list,
    signing_in,
    work_record,
)
from app.domain.address_reading import read_address
from app.domain.canonical_url import canonical_url, match_keys
from app.domain.image_text import contains_image
from app.domain.pasted_text import addresses_in, words_beside
from app.domain.platform import platform_of
from app.domain.submission import parse_submission
from app.domain.wire import parse_request
from app.errors import FormatError
from app.forms.log import asked_for, read_filters
from app.services import log_reading, queue_order
from app.services.figure_reading import WEEKS, period_of

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def parse_named(found):
    """The body of what ends a session or takes a passkey away: one id under the name that its address wants."""
    return signing_in.parse_named(found, "passkey_id")


REQUESTS = (
    parse_submission,
    coming_back.parse_follow_up,
    coming_back.parse_follow_up_message,
    coming_back.parse_withdrawal,
    coming_back.parse_addition,
    coming_back.parse_draft,
    casework.parse_sign_in,
    casework.parse_listed,
    casework.parse_opening,
    casework.parse_version,
    casework.parse_summary,
    casework.parse_state_change,
    casework.parse_item_state_change,
    casework.parse_message,
    casework.parse_item_state_undo,
    holding.parse_hold,
    holding.parse_hold_end,
    queue_asking.parse_summaries,
    queue_asking.parse_openings,
    queue_asking.parse_assignment,
    queue_asking.parse_new_state,
    queue_asking.parse_undo,
    queue_asking.parse_new_deadline,
    link_asking.parse_link_list,
    link_asking.parse_own_list,
    work_record.parse_work_record,
    work_record.parse_removal,
    work_record.parse_resealed_records,
    passing_on.parse_passing_on,
    passing_on.parse_answering,
    passing_on.parse_evidence,
    invitation.parse_secret,
    invitation.parse_founding,
    invitation.parse_joining,
    invitation.parse_role,
    people.parse_ring_change,
    people.parse_leaving,
    recovery.parse_beginning,
    recovery.parse_proof,
    recovery.parse_ending,
    resealing.parse_handing,
    resealing.parse_resealing,
    parse_named,
    signing_in.parse_nothing,
    signing_in.parse_second,
    signing_in.parse_signed,
    signing_in.parse_confirmation,
    signing_in.parse_new_passkey,
    signing_in.parse_typed_code,
    signing_in.parse_passphrase,
)


def bare_package(found):
    """A package without the line breaks that may stand around one."""
    if found != found.strip(b"\r\n"):
        raise FormatError("package")
    return evidence.parse_package(found)


def bare_list(found):
    """A signed list without the line breaks that may stand around one."""
    if found != found.strip(b"\r\n"):
        raise FormatError("list")
    return signed_list.parse_list(found)


SEALED = (
    (letter.parse_letter, letter.letter_json),
    (message_content.parse_message, message_content.message_json),
    (keyring_content.parse_keyring, keyring_content.keyring_json),
    (own_record.parse_own, own_record.own_json),
    (onward_answer.parse_answer, onward_answer.answer_json),
    (bare_package, evidence.package_json),
    (bare_list, signed_list.list_json),
)


def requests(found):
    """Every request body: taken, or refused; what one takes is JSON that has one reading."""
    for parse in REQUESTS:
        try:
            parse(found)
        except FormatError:
            continue
        assert json.loads(found) == parse_request(found), parse.__name__


def letters(found):
    """What comes out of an envelope: taken only if writing it again gives the same bytes."""
    for parse, write in SEALED:
        try:
            taken = parse(found)
        except FormatError:
            continue
        assert write(taken) == found, parse.__name__


def directories(found):
    """A directory that somebody serves: never believed unless its signatures hold."""
    try:
        value = json.loads(found)
    except (ValueError, RecursionError):
        return
    try:
        verify_directory(value)
    except FormatError:
        return
    assert all(each["chain"] for each in value["organisations"])


def codes(found):
    """A typed receipt code: in its one spelling or refused; what is offered instead are codes."""
    typed = found.decode("utf-8", "replace")
    try:
        for offered in receipt_code.candidates(typed):
            assert receipt_code.normalise(offered) == offered
        code = receipt_code.normalise(typed)
    except FormatError:
        return
    assert len(code) == 24
    assert receipt_code.normalise(receipt_code.format(code)) == code


def urls(found):
    """A typed address: its canonical form is its own canonical form, and is only ever http, https or magnet."""
    typed = found.decode("utf-8", "surrogateescape")
    contains_image(typed)
    platform_of(typed)
    read_address(typed)
    words_beside(typed)
    assert all(address in typed for address in addresses_in(typed))
    try:
        form = canonical_url(typed)
    except FormatError:
        return
    assert form.startswith(("https://", "magnet:?"))
    assert canonical_url(form) == form
    assert match_keys({"url": typed, "poster": typed})[0]["canonical"] == form


def queries(found):
    """What stands behind an address of a caseworker's page: read and written again, it asks for the same."""
    try:
        sent = sent_form(found)
    except FormatError:
        return
    for look in (_filters, _place, _log_place, _period):
        try:
            look(sent)
        except FormatError:
            continue


def _filters(sent):
    filters = read_filters(sent)
    assert read_filters(asked_for(filters)) == filters
    assert "\0" not in filters.by


def _place(sent):
    place = queue_order.read_cursor(sent.get("after", ""))
    assert place is None or queue_order.read_cursor(queue_order.cursor(place)) == place


def _log_place(sent):
    place = log_reading.read_cursor(sent.get("after", ""))
    assert place is None or place[0].utcoffset() == timedelta(0)  # every one of them is one that a database knows


def _period(sent):
    period = period_of(sent.get("weeks", ""), sent.get("until", ""), NOW)
    assert period.weeks in WEEKS
    assert period.first.weekday() == 0
    assert period.first <= period.last_day


TARGETS = {each.__name__: each for each in (requests, letters, directories, codes, urls, queries)}


def planted(found):
    """A fault that the search must find, or it would find none."""
    if found.startswith(b"{") and found.endswith(b"}") and len(found) > 8 and found[4] == found[5] == 0x7A:
        raise ZeroDivisionError
