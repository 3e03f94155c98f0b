"""The addresses under one referral, and how its id is read from them."""

from flask import Blueprint

from app.domain.wire import b64u_decode
from app.errors import FormatError, NotFound

blueprint = Blueprint("referral", __name__, url_prefix="/referral/<referral_id>")


def id_of(referral_id: str) -> bytes:
    """Give the 16 bytes of an id in an address. Raises NotFound: a misspelt one is as unknown as a foreign one."""
    try:
        return b64u_decode(referral_id, "referral_id", 16)
    except FormatError:
        raise NotFound from None
