"""The bodies of coming back and of casework: taken whole, or refused by the name of a field."""

import json

import pytest

from app.domain import casework, coming_back, holding, link_asking, passing_on, queue_asking, work_record
from app.domain.wire import b64u_encode
from app.errors import FormatError

ID, KEY = b64u_encode(bytes(16)), b64u_encode(bytes(32))
OTHER_ID = b64u_encode(b"\x01" * 16)
SEALED = b64u_encode(bytes(1024 + 28))
MESSAGE = {"message_id": ID, "sealed": SEALED}
SUMMARY = b64u_encode(bytes(1536 + 28))
RECORD = b64u_encode(bytes(512 + 28))
OWN = b64u_encode(bytes(4096 + 28))
ENVELOPE = {"organisation": "centre", "kid": ID, "sealed": b64u_encode(bytes(4096 + 1136)), "leaf": KEY}

NOTE = {
    "record_id": ID,
    "type": "note",
    "epoch_kid": ID,
    "version": 1,
    "state": "",
    "due_on": None,
    "sealed": RECORD,
}
LISTED = [{"referral_id": ID, "version": 1, "unread": True}]
MESSAGES = [{"referral_id": ID, **MESSAGE}]
REQUEST = NOTE | {"type": "request", "state": "sent", "due_on": "2026-12-01"}

BODIES = [
    (coming_back.parse_follow_up, {"token": KEY}),
    (coming_back.parse_follow_up_message, {"token": KEY, "referral_id": ID, **MESSAGE}),
    (coming_back.parse_withdrawal, {"token": KEY, "when": "72h", "messages": [{"referral_id": ID, **MESSAGE}]}),
    (coming_back.parse_draft, {"draft_id": ID, "token": KEY, "sealed": b64u_encode(bytes(4096 + 28))}),
    (coming_back.parse_addition, {"token": KEY, "sealed_by": "browser", "envelope": ENVELOPE, "own": OWN}),
    (casework.parse_sign_in, {"login": "min-ji.k", "sign_in": KEY, "parameter_set": 1}),
    (casework.parse_version, {"version": 3}),
    (casework.parse_summary, {"version": 1, "epoch_kid": ID, "sealed": SUMMARY, "items": [ID, OTHER_ID]}),
    (casework.parse_state_change, {"version": 1, "state": "closed", "message": MESSAGE, "record": NOTE}),
    (
        casework.parse_item_state_change,
        {"version": 1, "items": [{"item_id": ID, "state": "removed"}], "message": MESSAGE, "record": NOTE},
    ),
    (casework.parse_item_state_undo, {"version": 1, "items": [ID, OTHER_ID], "message": MESSAGE}),
    (casework.parse_message, MESSAGE),
    (work_record.parse_work_record, REQUEST),
    (work_record.parse_removal, {"record_id": ID, "version": 1}),
    (
        work_record.parse_resealed_records,
        {"to_kid": ID, "records": [{"record_id": ID, "version": 1, "sealed": RECORD}]},
    ),
    (passing_on.parse_answering, {"version": 1, "answer": "accepted", "sealed": SEALED, "message": MESSAGE}),
    (passing_on.parse_answering, {"version": 1, "answer": "refused", "sealed": None, "message": None}),
    (passing_on.parse_evidence, {"reason": "court"}),
    (holding.parse_hold, {"version": 1, "review_on": "2026-12-01", "record": NOTE, "message": MESSAGE}),
    (holding.parse_hold_end, {"version": 1, "record": NOTE, "message": MESSAGE}),
    (holding.parse_hold_end, {"version": 1, "record": NOTE, "message": None}),
    (queue_asking.parse_summaries, {"referrals": [ID, OTHER_ID]}),
    (queue_asking.parse_openings, {"referrals": [ID]}),
    (queue_asking.parse_assignment, {"referrals": LISTED, "to": "min-ji.k"}),
    (queue_asking.parse_new_state, {"referrals": LISTED, "state": "closed", "messages": MESSAGES}),
    (queue_asking.parse_undo, {"referrals": LISTED, "messages": MESSAGES}),
    (queue_asking.parse_new_deadline, {"referrals": LISTED, "due_on": "2026-12-01"}),
    (link_asking.parse_link_list, {"reason": "court", "referrals": [ID]}),
    (link_asking.parse_own_list, {"kind": "sites"}),
]
names = [parse.__name__ for parse, _ in BODIES]


@pytest.mark.parametrize(("parse", "body"), BODIES, ids=names)
def test_taken(parse, body):
    assert parse(json.dumps(body).encode()) is not None


@pytest.mark.parametrize(("parse", "body"), BODIES, ids=names)
def test_no_field_missing_or_added(parse, body):
    for name in body:
        with pytest.raises(FormatError) as raised:
            parse(json.dumps({field: value for field, value in body.items() if field != name}).encode())
        assert raised.value.field == name
    with pytest.raises(FormatError):
        parse(json.dumps({**body, "extra": 1}).encode())


@pytest.mark.parametrize(("parse", "body"), BODIES, ids=names)
def test_no_field_of_another_type(parse, body):
    for name in body:
        for other in (True, 1.5, ["x"], {"x": 1}, "x y", -1):
            with pytest.raises(FormatError):
                parse(json.dumps({**body, name: other}).encode())


@pytest.mark.parametrize(
    ("parse", "changes"),
    [
        (coming_back.parse_follow_up, {"token": b64u_encode(bytes(31))}),
        (coming_back.parse_follow_up_message, {"sealed": b64u_encode(bytes(1024))}),
        (coming_back.parse_withdrawal, {"when": "later"}),
        (coming_back.parse_withdrawal, {"messages": []}),
        (coming_back.parse_withdrawal, {"messages": [{"referral_id": ID, **MESSAGE}] * 2}),
        (coming_back.parse_draft, {"draft_id": KEY}),
        (coming_back.parse_draft, {"sealed": SEALED}),
        (coming_back.parse_addition, {"sealed_by": "server"}),
        (coming_back.parse_addition, {"own": b64u_encode(bytes(4096))}),
        (coming_back.parse_addition, {"envelope": ENVELOPE | {"sealed": b64u_encode(bytes(4096))}}),
        (coming_back.parse_addition, {"envelope": ENVELOPE | {"organisation": "no slug"}}),
        (casework.parse_sign_in, {"login": "Min Ji"}),
        (casework.parse_sign_in, {"sign_in": "my passphrase"}),
        (casework.parse_summary, {"items": [ID, ID]}),
        (casework.parse_summary, {"sealed": b64u_encode(bytes(1500))}),
        (casework.parse_summary, {"version": 0}),
        (casework.parse_state_change, {"state": "done"}),
        (casework.parse_item_state_change, {"items": []}),
        (casework.parse_item_state_change, {"items": [{"item_id": ID, "state": "removed"}] * 2}),
        (casework.parse_state_change, {"record": REQUEST}),
        (casework.parse_item_state_change, {"record": NOTE | {"version": 2}}),
        (casework.parse_item_state_undo, {"items": [ID, ID]}),
        (passing_on.parse_answering, {"answer": "offered"}),
        (passing_on.parse_answering, {"sealed": RECORD}),
        (passing_on.parse_evidence, {"reason": "because"}),
        (work_record.parse_work_record, {"type": "photo"}),
        (work_record.parse_work_record, {"type": "room"}),
        (work_record.parse_work_record, {"due_on": "2026-02-30"}),
        (work_record.parse_work_record, {"sealed": SEALED}),
        (work_record.parse_resealed_records, {"records": []}),
        (queue_asking.parse_summaries, {"referrals": []}),
        (queue_asking.parse_openings, {"referrals": [b64u_encode(bytes([number]) * 16) for number in range(9)]}),
        (queue_asking.parse_assignment, {"referrals": LISTED * 2}),
        (queue_asking.parse_new_state, {"state": "done"}),
        (queue_asking.parse_new_state, {"messages": [{"referral_id": OTHER_ID, **MESSAGE}]}),
        (queue_asking.parse_undo, {"messages": MESSAGES * 2}),
        (queue_asking.parse_new_deadline, {"due_on": "2026-02-30"}),
        (queue_asking.parse_new_deadline, {"due_on": "2026-W49-2"}),
        (link_asking.parse_link_list, {"reason": "because"}),
        (link_asking.parse_link_list, {"referrals": [ID, ID]}),
        (link_asking.parse_own_list, {"kind": "all"}),
    ],
)
def test_refused(parse, changes):
    with pytest.raises(FormatError):
        parse(json.dumps({**dict(BODIES)[parse], **changes}).encode())


def test_opening_takes_nothing():
    assert casework.parse_opening(b"{}") is None
    with pytest.raises(FormatError):
        casework.parse_opening(b'{"all":true}')


def test_a_letter_without_keys_can_be_closed_without_a_message():
    asked = casework.parse_state_change(b'{"version":1,"state":"closed","message":null,"record":null}')
    assert (asked.message, asked.record) == (None, None)
