"""The kinds of question that a form asks: a WTForms field, why it is asked, and how it is drawn.

`ask` tells the template which macro draws it; `why` is shown behind «Why do we ask?»; `limit` is the longest answer in
characters, the same as the letter's own limit. No field is required by itself: one link or one sentence is the only
minimum, and that is a matter of the whole form.

Every question may be left open in two ways, «I don't know» and «I would rather not say». A letter tells them apart
only where its enum does; otherwise both are no answer there. Choices have them as choices, texts as two ticks.

`**bound` is what WTForms adds when it binds a field to a form (name, prefix, translations).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain import asking
from app.domain.vocabulary import UNDISCLOSED
from app.forms.labels import LABELS

Label: TypeAlias = str | LazyString

SHORT_TEXT: Final = 1_000
ADDRESS_TEXT: Final = 8_192
MESSAGE_TEXT: Final = 10_000
LONG_TEXT: Final = 50_000

RATHER_NOT: Final = _l("I would rather not say")
DO_NOT_KNOW: Final = _l("I don't know")
# Values of the page alone. A letter has `unknown`, where its enum does, or `undisclosed`.
NOT_KNOWN: Final = "not_known"
NOT_SAID: Final = "not_said"
UNKNOWN: Final = "unknown"
_OPEN: Final = (NOT_KNOWN, UNKNOWN, UNDISCLOSED)
LEFT_OPEN: Final = ((NOT_KNOWN, DO_NOT_KNOW), (NOT_SAID, RATHER_NOT))


def choices(enum: str, only: Iterable[str] = (), spoken: Mapping[str, Label] | None = None) -> list[SelectChoice]:
    """List an enum's values with their labels, in its own order; `spoken` replaces labels by first-person words.

    Values are the ASCII names of `app.domain.vocabulary`; `only`, when given, narrows and orders them.
    """
    labels: dict[str, Label] = {**LABELS[enum], **(spoken or {})}
    return [SelectChoice(value, labels[value]) for value in (tuple(only) or labels)]


def left_open(enum: str) -> list[SelectChoice]:
    """Give the two ways to leave a question of an enum open; `unknown` only where the enum does not have it itself."""
    known = [] if UNKNOWN in LABELS[enum] else [SelectChoice(NOT_KNOWN, DO_NOT_KNOW)]
    return [*known, SelectChoice(UNDISCLOSED, RATHER_NOT)]


def _answers(enum: str, spoken: Mapping[str, Label] | None = None) -> list[SelectChoice]:
    """Give what an enum can be answered with; «I don't know» of its own comes last."""
    listed = [choice for choice in choices(enum, (), spoken) if choice.value != UNDISCLOSED]
    own = [SelectChoice(UNKNOWN, (spoken or {}).get(UNKNOWN, DO_NOT_KNOW)) for one in listed if one.value == UNKNOWN]
    return [choice for choice in listed if choice.value != UNKNOWN] + own


class Question:
    """What a field is to the report: one of its questions or not, and asked before anything is answered or not."""

    short_name: str

    @property
    def listed(self) -> bool:
        """Whether the rules on what is asked when know this field."""
        return any(question["name"] == self.short_name for question in asking.questions())

    @property
    def asked_at_first(self) -> bool:
        """Whether it is asked of somebody who has answered nothing yet."""
        return not self.listed or self.short_name in asking.asked({}, policy="")


class One(Question, RadioField):
    """One answer out of a few, nothing chosen beforehand."""

    ask = "radios"

    def __init__(
        self,
        label: Label,
        enum: str,
        *,
        why: Label = "",
        hint: Label = "",
        spoken: Mapping[str, Label] | None = None,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        offered = [*_answers(enum, spoken), *left_open(enum)]
        super().__init__(label, choices=offered, description=hint, default=None, **bound)
        self.why = why
        self.none_of = tuple(choice.value for choice in offered if choice.value in _OPEN)


class Several(Question, SelectMultipleField):
    """Any number of answers. `none_of` are the values of the ticks that empty the others; they stand for no answer.

    With `may_stay_open` these are the two ways to leave a question open.
    """

    ask = "checkboxes"

    def __init__(
        self,
        label: Label,
        enum: str,
        *,
        only: Iterable[str] = (),
        why: Label = "",
        hint: Label = "",
        may_stay_open: bool = True,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        open_ticks = left_open(enum) if may_stay_open else []
        super().__init__(label, choices=[*choices(enum, only), *open_ticks], description=hint, **bound)
        self.why = why
        self.none_of = tuple(choice.value for choice in open_ticks)


class Pick(Question, SelectField):
    """One answer out of many, as a list that opens; its first line, «not chosen», means not stated, like its last."""

    ask = "select"

    def __init__(self, label: Label, enum: str, *, why: Label = "", hint: Label = "", **bound: Any) -> None:  # noqa: ANN401
        known = [choice for choice in left_open(enum) if choice.value != UNDISCLOSED]
        last = SelectChoice(NOT_SAID, RATHER_NOT)
        first = SelectChoice(UNDISCLOSED, _l("Not chosen"))
        super().__init__(label, choices=[first, *_answers(enum), *known, last], description=hint, **bound)
        self.why = why


class Text(Question, StringField):
    """What is answered in words, or left open by one of two ticks; `opened` are those that were sent."""

    left_open: tuple[tuple[str, Label], ...] = ()
    opened: tuple[str, ...] = ()

    @property
    def open_name(self) -> str:
        """The name under which these ticks are sent and read."""
        return f"{self.name}_open"

    def process(self, formdata: Any, *values: Any, **more: Any) -> None:  # noqa: ANN401 - as WTForms has it
        """Read the words, and the ticks beside them."""
        super().process(formdata, *values, **more)
        given = formdata.getlist(self.open_name) if formdata else []
        self.opened = tuple(value for value, _words in self.left_open if value in given)


class Line(Text):
    """A few words."""

    ask = "line"

    def __init__(
        self,
        label: Label,
        *,
        why: Label = "",
        hint: Label = "",
        limit: int = SHORT_TEXT,
        may_stay_open: bool = False,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, description=hint, **bound)
        self.why = why
        self.limit = limit
        self.left_open = LEFT_OPEN if may_stay_open else ()


class Words(Text, TextAreaField):
    """Several lines."""

    ask = "text"

    def __init__(
        self,
        label: Label,
        *,
        why: Label = "",
        hint: Label = "",
        limit: int = SHORT_TEXT,
        rows: int = 3,
        may_stay_open: bool = False,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, description=hint, **bound)
        self.why = why
        self.limit = limit
        self.rows = rows
        self.left_open = LEFT_OPEN if may_stay_open else ()


class Tick(BooleanField):
    """One box, never ticked beforehand."""

    ask = "tick"

    def __init__(self, label: Label, *, hint: Label = "", **bound: Any) -> None:  # noqa: ANN401
        super().__init__(label, description=hint, default=False, **bound)
