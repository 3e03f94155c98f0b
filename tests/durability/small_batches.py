"""A portal that makes its shred keys as they are needed, not hundreds ahead: so each report writes into their store."""

from app.services import shred_store

shred_store.BATCH = 1

from wsgi import application  # noqa: E402, F401 - only now
