"""The kinds of question that a form asks: a WTForms field, why it is asked, and how it is drawn.

`ask` tells the template which macro draws it; `why` is shown behind «Why do we ask?»; `limit` is the longest answer in
characters, the same as the letter's own limit. No field is required by itself: one link or one sentence is the only
minimum, and that is a matter of the whole form.

`**bound` is what WTForms adds when it binds a field to a form (name, prefix, translations).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain.vocabulary import UNDISCLOSED
from app.forms.labels import LABELS

Text: TypeAlias = str | LazyString

SHORT_TEXT: Final = 1_000
ADDRESS_TEXT: Final = 8_192
MESSAGE_TEXT: Final = 10_000
LONG_TEXT: Final = 50_000

RATHER_NOT: Final = _l("I would rather not say")
DO_NOT_KNOW: Final = _l("I don't know")
NOT_KNOWN_OR_SAID: Final = _l("I don't know, or would rather not say")


def choices(enum: str, only: Iterable[str] = (), spoken: Mapping[str, Text] | None = None) -> list[SelectChoice]:
    """List an enum's values with their labels, in its own order; `spoken` replaces labels by first-person words.

    Values are the ASCII names of `app.domain.vocabulary`; `only`, when given, narrows and orders them.
    """
    labels: dict[str, Text] = {**LABELS[enum], **(spoken or {})}
    return [SelectChoice(value, labels[value]) for value in (tuple(only) or labels)]


class One(RadioField):
    """One answer out of a few, nothing chosen beforehand."""

    ask = "radios"

    def __init__(
        self,
        label: Text,
        enum: str,
        *,
        why: Text = "",
        hint: Text = "",
        spoken: Mapping[str, Text] | None = None,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, choices=choices(enum, (), spoken), description=hint, default=None, **bound)
        self.why = why


class Several(SelectMultipleField):
    """Any number of answers. `none_of` is the value of the tick that empties the others; it stands for no answer."""

    ask = "checkboxes"

    def __init__(
        self,
        label: Text,
        enum: str,
        *,
        only: Iterable[str] = (),
        why: Text = "",
        hint: Text = "",
        none_of: Text = "",
        **bound: Any,  # noqa: ANN401
    ) -> None:
        own_tick = [SelectChoice(UNDISCLOSED, none_of)] if none_of else []
        super().__init__(label, choices=[*choices(enum, only), *own_tick], description=hint, **bound)
        self.why = why
        self.none_of = UNDISCLOSED if none_of else ""


class Pick(SelectField):
    """One answer out of many, as a list that opens; its first line, «not chosen», means not stated."""

    ask = "select"

    def __init__(self, label: Text, enum: str, *, why: Text = "", hint: Text = "", **bound: Any) -> None:  # noqa: ANN401
        listed = [choice for choice in choices(enum) if choice.value != UNDISCLOSED]
        super().__init__(
            label, choices=[SelectChoice(UNDISCLOSED, _l("Not chosen")), *listed], description=hint, **bound
        )
        self.why = why


class Line(StringField):
    """A few words."""

    ask = "line"

    def __init__(
        self,
        label: Text,
        *,
        why: Text = "",
        hint: Text = "",
        limit: int = SHORT_TEXT,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, description=hint, **bound)
        self.why = why
        self.limit = limit


class Words(TextAreaField):
    """Several lines."""

    ask = "text"

    def __init__(
        self,
        label: Text,
        *,
        why: Text = "",
        hint: Text = "",
        limit: int = SHORT_TEXT,
        rows: int = 3,
        **bound: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, description=hint, **bound)
        self.why = why
        self.limit = limit
        self.rows = rows


class Tick(BooleanField):
    """One box, never ticked beforehand."""

    ask = "tick"

    def __init__(self, label: Text, *, hint: Text = "", **bound: Any) -> None:  # noqa: ANN401
        super().__init__(label, description=hint, default=False, **bound)
