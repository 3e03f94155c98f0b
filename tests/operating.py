"""An operator with a session."""

from app.services import operator
from app.services import session as staff_session
from tests.making import Made


def operator_made(session, make):
    """The operator's row, as if it were an organisation, with one person."""
    make.portal()
    made = Made(operator.home(session, make.now), operator.HOME, b"", [])
    session.commit()
    made.people["operator"] = make.person(made, "the.operator", "operator")
    return made


def operator_of(session, make):
    """Whom a request of the operator's serves."""
    made = operator_made(session, make)
    _cookie, signed_in = staff_session.start(session, made.people["operator"].caseworker_id, make.now)
    session.commit()
    return signed_in
