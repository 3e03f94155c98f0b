"""One referral: its page, and one address for each thing that can be done to it."""

from app.routes.referral import (
    claim,
    disposition,
    evidence,
    hold,
    message,
    onward,
    opening,
    show,
    summary,
    viewing,
    work_record,
)
from app.routes.referral.blueprint import blueprint

__all__ = [
    "blueprint",
    "claim",
    "disposition",
    "evidence",
    "hold",
    "message",
    "onward",
    "opening",
    "show",
    "summary",
    "viewing",
    "work_record",
]
