"""Reading answers of the form without scripts: as they were typed, but for the blanks around them."""

from collections.abc import Iterable, Mapping
from typing import Final

from wtforms import Field, Form

from app.domain.vocabulary import UNDISCLOSED
from app.forms.link import LinkForm

NOT_KNOWN: Final = "not_known"
# Ticks that stand for no answer: beside any other they mean nothing.
_NO_ANSWERS: Final = (UNDISCLOSED, NOT_KNOWN, "not_said")
_LOCATORS: Final = ("address", "place", "poster", "title_keywords")


def plain_text(typed: str) -> str:
    """Give what was typed without blanks around it. Browsers send line breaks as two characters; letters have one."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def words_of(field: Field) -> str:
    """Give a text answer."""
    return plain_text(field.data) if isinstance(field.data, str) else ""


def lines_of(field: Field) -> list[str]:
    """Give the lines of an answer that have anything in them."""
    return [line.strip() for line in words_of(field).split("\n") if line.strip()]


def values_of(field: Field) -> list[str]:
    """Give what a question was answered with, as `app.domain.asking` has it; nothing for one that was left open."""
    if isinstance(field.data, list):
        said = [value for value in field.data if value not in _NO_ANSWERS]
        threats = [value for value in said if value != "none"]
        return (threats or said) or [value for value in field.data if value in _NO_ANSWERS][:1]
    text = words_of(field)
    return [text] if text else []


def answers_of(form: Form) -> dict[str, list[str]]:
    """Give all answers by the names of their questions."""
    return {str(field.short_name): values for field in form if (values := values_of(field))}


def locates(link: LinkForm) -> bool:
    """Whether a link says where the material is, in an address or in words."""
    return any(words_of(link[name]) for name in _LOCATORS)


def first(answers: Mapping[str, list[str]], name: str, words: Iterable[str] = ()) -> str:
    """Give the one answer to a question: of `words`, if there are any; else empty, or undisclosed."""
    said = (answers.get(name) or [""])[0]
    known = tuple(words)
    if not known or said in known:
        return said or (UNDISCLOSED if known else "")
    return "unknown" if said == NOT_KNOWN and "unknown" in known else UNDISCLOSED


def several(answers: Mapping[str, list[str]], name: str) -> list[str]:
    """Give the answers to a question that may have several, without those that stand for none."""
    return [value for value in answers.get(name, ()) if value not in _NO_ANSWERS]
