"""What a receiver answers to whoever passed a letter on. Twin of `static/js/domain/onward_answer.js`."""

from typing import Any, Final, TypedDict, cast

from app.domain import wire
from app.errors import FormatError

ANSWERS: Final = ("accepted", "refused")
TEXT_MOST: Final = 4000


class OnwardAnswer(TypedDict):
    """One answer; a refusal says why, to the colleagues there and to nobody else."""

    v: int
    answer: str
    text: str


_ANSWER: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "answer": wire.one_of(ANSWERS),
    "text": wire.text(TEXT_MOST),
}


def check_answer(value: object) -> OnwardAnswer:
    """Check an answer that is already an object. Raises FormatError(path), also for a refusal without a reason."""
    checked = wire.fields(value, _ANSWER, "answer")
    if checked["answer"] == "refused" and not checked["text"].strip(" \n"):
        raise FormatError("answer.text")
    return cast("OnwardAnswer", checked)


def answer_json(value: OnwardAnswer) -> bytes:
    """Serialise an answer in the one way that `parse_answer` accepts."""
    return wire.canonical_json(check_answer(value), "answer")


def parse_answer(plaintext: bytes) -> OnwardAnswer:
    """Parse an answer after padding and signature were removed. Raises FormatError for any other byte."""
    answer = check_answer(wire.parse_canonical(plaintext, "answer"))
    if wire.canonical_json(answer) != plaintext:
        raise FormatError("answer")
    return answer
