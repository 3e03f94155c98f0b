"""Addresses. Each module holds one blueprint; this tuple is the whole portal."""

from typing import TYPE_CHECKING, Final

from app.routes import error_pages, exit, health, help, home, privacy  # noqa: A004

if TYPE_CHECKING:
    from flask import Blueprint

__all__ = ["BLUEPRINTS", "error_pages"]

BLUEPRINTS: "Final[tuple[Blueprint, ...]]" = (
    home.blueprint,
    help.blueprint,
    privacy.blueprint,
    exit.blueprint,
    health.blueprint,
)
