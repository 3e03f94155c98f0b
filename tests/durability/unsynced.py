"""A portal whose SQLite acknowledges what is not on the disk yet: the fault that the trace must see."""

from app import sqlite

sqlite.PRAGMAS = tuple(pragma.replace("synchronous=FULL", "synchronous=NORMAL") for pragma in sqlite.PRAGMAS)

from tests.durability.small_batches import application  # noqa: E402, F401 - only now
