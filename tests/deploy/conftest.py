"""The portal behind the shipped nginx, for every test of this room."""

from tests.deploy.front import front

__all__ = ["front"]
