"""How the portal is set up, for its operator to read: limits, texts and policies. What is secret is not among them."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

if TYPE_CHECKING:
    from config import Settings

_TEXTS: Final = ("portal_name_ko", "portal_name_en", "operator_ko", "operator_en", "exit_url")
_LAW: Final = (
    *(
        f"{name}_{language}"
        for name in ("privacy_officer", "hosting", "processors", "accessibility_contact")
        for language in ("ko", "en")
    ),
    "policy_from",
)
_POLICIES: Final = ("under_14", "plain_form", "epoch_grace_days", "log_years", "backups_kept", "canary_organisation")


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together: the variable's name, and its value as it is in force."""

    title: LazyString
    lines: tuple[tuple[str, str], ...]


def shown(settings: "Settings") -> tuple[Group, ...]:
    """Give what an operator reads."""
    limits = tuple(field.name for field in fields(settings) if field.name.startswith("limit_"))
    return (
        _group(settings, _l("Texts"), _TEXTS),
        _group(settings, _l("What the privacy policy says"), _LAW),
        _group(settings, _l("Policies"), _POLICIES),
        _group(settings, _l("Limits"), limits),
    )


def _group(settings: "Settings", title: LazyString, names: tuple[str, ...]) -> Group:
    return Group(title, tuple((f"ONESTOP_{name.upper()}", str(getattr(settings, name))) for name in names))
