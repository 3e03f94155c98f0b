"""What the doctor's checks are told, and how they speak: a note is advice, a complaint fails, all else is well."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from config import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What the portal's settings do not say: where it is served, where its secret lies, how many workers there are."""

    url: str = ""
    secret_file: Path | None = None
    workers: int = 2


class Complaint(Exception):
    """What a check found wrong, and how to mend it, in words for whoever runs the portal."""


class Note(Exception):
    """What could be better, or was not looked at."""


Check = Callable[[Asked], str]


def settings() -> "Settings":
    """Give the settings of the portal that is looked at."""
    found: Settings = current_app.extensions["onestop_settings"]
    return found
