"""What whoever runs a portal on SQLite has in hand, and each piece of it that is as long as a key."""

import re
import sqlite3
from base64 import urlsafe_b64decode
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

SHORT = 256


def strings_of_32(content):
    """Every key that could lie in some bytes: each 32 of them, and what base64 or hexadecimal of that length yields.

    Of a long cell, which is a public key or sealed, only the text in it: each 32 bytes of all letters take minutes.
    """
    found = {content[at : at + 32] for at in range(len(content) - 31)} if len(content) <= SHORT else set()
    for text in re.findall(rb"[A-Za-z0-9_+/-]{43,}=?", content):
        for at in range(len(text.rstrip(b"=")) - 42):
            found.add(urlsafe_b64decode(text[at : at + 43].translate(bytes.maketrans(b"+/", b"-_")) + b"="))
    for text in re.findall(rb"[0-9A-Fa-f]{64,}", content):
        found.update(bytes.fromhex(text[at : at + 64].decode()) for at in range(len(text) - 63))
    return found


def everything_kept(settings):
    """All cells of the database and of the store of shred keys, as bytes; and the settings."""
    directory = Path(settings.database_url.removeprefix("sqlite:///")).parent
    for path in directory.glob("*.db"):
        with closing(sqlite3.connect(path)) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):
                    texts = [one.encode() for one in row if isinstance(one, str)]
                    yield from texts + [one for one in row if isinstance(one, bytes)]
    yield repr(asdict(settings)).encode()
