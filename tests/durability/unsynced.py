"""A portal whose SQLite acknowledges what is not on the disk yet: the fault that the trace must see."""

from app import db

db.PRAGMAS = tuple(pragma.replace("synchronous=FULL", "synchronous=NORMAL") for pragma in db.PRAGMAS)

from tests.durability.small_batches import application  # noqa: E402, F401 - only now
