"""Schemathesis asks every public address for what the document allows and for what it does not.

Every answer must be one that the document knows, and nothing that breaks the schema may be taken.
"""

import copy
import hashlib

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app import create_app
from app.db import engine_for, session_for
from app.domain.wire import b64u_decode, b64u_encode
from app.limits import BUDGETS
from config import Settings
from tests.conftest import ASSETS, SECRET
from tests.databases import copy_database
from tests.making import Maker
from tests.openapi.document import DOCUMENT, operations, strictly

pytestmark = pytest.mark.slow
FORM = "application/x-www-form-urlencoded"
# What these take holds more than a shape: keys that are signed, numbered and chained, an account that nobody has yet,
# and a secret that the portal gave out. None can be invented, so what the schema allows is rightly refused.
HELD_TO_MORE = {("POST", "/invitation/founding"), ("POST", "/invitation/joining"), ("POST", "/recovery/ending")}
ID, KEY = b64u_encode(bytes(16)), b64u_encode(bytes(32))


@pytest.fixture
def served(sqlite_file, tmp_path):
    """The document, asked of a portal with one organisation, whose key and name none of the requests knows."""
    path = tmp_path / "asked.db"
    copy_database(sqlite_file, path)
    engine = engine_for(f"sqlite:///{path}")
    with session_for(engine) as session:
        Maker(session).organisation()
    engine.dispose()
    plenty = {f"limit_{budget}_{whose}": "100000 per minute" for budget in BUDGETS for whose in ("all", "each")}
    app = create_app(
        Settings(
            secret_key=SECRET, database_url=f"sqlite:///{path}", asset_cache=str(ASSETS), log_level="CRITICAL", **plenty
        )
    )
    schema = schemathesis.openapi.from_dict(copy.deepcopy(DOCUMENT))
    schema.app = app
    yield schema
    app.extensions["onestop_engine"].dispose()


@pytest.mark.parametrize("mode", schemathesis.GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_every_answer_is_one_that_the_document_knows(served, operation, mode):
    method, path = operation
    asked = served[path][method]
    if mode.is_negative and not (asked.body or asked.headers):
        return  # there is nothing to get wrong

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=asked.as_strategy(generation_mode=mode))
    def ask(case):
        if mode.is_positive and isinstance(case.body, dict):
            strictly(case.body)
        # What a form must hold no schema can say: one that is not filled in comes back with words.
        beside = [positive_data_acceptance] if case.media_type == FORM or operation in HELD_TO_MORE else []
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=beside)

    ask()


def test_what_is_really_answered_is_in_the_document(served):
    def ask(method, path, **parts):
        answer = served[path][method].Case(**parts).call_and_validate(headers={"Accept-Encoding": "identity"})
        return answer.status_code, answer.json()

    body = {"media_type": "application/json"}
    (centre,) = ask("GET", "/api/v1/directory")[1]["organisations"]
    token, lookup = KEY, b64u_encode(hashlib.sha256(b64u_decode(KEY, "token")).digest())
    envelope = {"organisation": centre["slug"], "kid": centre["kid"], "sealed": b64u_encode(bytes(5232)), "leaf": KEY}
    report = {"v": 1, "report_id": ID, "lookup": lookup, "urgent": True, "sealed_by": "client", "own": None}
    assert ask("POST", "/report", body={**report, "envelopes": [envelope]}, **body)[0] == 201
    status, found = ask("POST", "/follow-up", body={"token": token}, **body)
    assert status == 200
    late = {**envelope, "organisation": "nobody", "sealed": b64u_encode(b"1" * 5232)}
    more = {"token": token, "sealed_by": "client", "envelope": late, "own": None}
    assert ask("POST", "/follow-up/organisation", body=more, **body)[0] == 409
    message = {
        "referral_id": found["referrals"][0]["referral_id"],
        "message_id": ID,
        "sealed": b64u_encode(bytes(1052)),
    }
    assert ask("POST", "/follow-up/message", body={"token": token, **message}, **body)[0] == 201
    leaving = {"token": token, "when": "72h", "messages": [{**message, "message_id": b64u_encode(b"1" * 16)}]}
    assert ask("POST", "/follow-up/withdrawal", body=leaving, **body)[0] == 200
    draft = {"draft_id": ID, "token": token, "sealed": b64u_encode(bytes(4124))}
    assert ask("POST", "/draft", body=draft, **body)[0] == 201
    for what in ("open", "destroy"):
        assert ask("POST", f"/draft/{what}", body={"token": token}, **body)[0] == 200


def test_an_answer_that_it_does_not_know_would_be_seen(served):
    served.raw_schema["paths"]["/healthz"]["get"]["responses"] = {"204": {"description": "nothing"}}
    case = served["/healthz"]["GET"].Case()
    with pytest.raises(FailureGroup, match="Undocumented status code"):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})
