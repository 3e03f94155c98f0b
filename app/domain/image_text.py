"""URLs and words, never images: finds an image that was pasted as text. Twin of `static/js/domain/image_text.js`."""

import re
from typing import Final

from app.errors import FormatError

RUN_MOST: Final = 256
_PARAMETERS: Final = r"(?:;[a-z0-9.=+-]+)"
# A media type or a parameter has to be there: "data:image/png;base64," is an image, "data: yes, I have" a sentence.
_DATA_URI: Final = re.compile(
    rf"data:(?:[a-z0-9.+-]+/[a-z0-9.+-]+{_PARAMETERS}*|{_PARAMETERS}+),", re.ASCII | re.IGNORECASE
)
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}://[^ \t\r\n]*", re.ASCII | re.IGNORECASE)
_RUN: Final = re.compile(rf"[A-Za-z0-9+/_=-]{{{RUN_MOST + 1}}}", re.ASCII)


def contains_image(text: str) -> bool:
    """Say whether a text holds a data: URI, or a run of more than 256 base64 characters that is no part of a URL."""
    return bool(_DATA_URI.search(text) or _RUN.search(_URL.sub(" ", text)))


def check_no_image(text: str, field: str) -> None:
    """Pass text without an image. Raises FormatError(field)."""
    if contains_image(text):
        raise FormatError(field)
