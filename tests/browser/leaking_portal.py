"""The portal, except that it lets go of what was sent where a header tells it to: a search has to see that."""

import os
import sys
import tempfile
from io import BytesIO

from sqlalchemy import create_engine, text

from app.db import url_of
from wsgi import application as portal

KEPT_OPEN = []  # files that have a name no longer stay on the disk for as long as somebody has them open


def application(environ, start_response):
    leak = environ.get("HTTP_X_LEAK")
    if leak is not None:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        LEAKS[leak](body)
        environ["wsgi.input"] = BytesIO(body)
    return portal(environ, start_response)


def to_log(body):
    sys.stderr.write(f"127.0.0.1 - - POST {body.decode()}\n")
    sys.stderr.flush()


def to_temporary(body):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(body)


def to_nameless(body):
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it stays open on purpose
    file.write(body)
    file.flush()
    KEPT_OPEN.append(file)


def to_database(body):
    engine = create_engine(url_of(os.environ["ONESTOP_DATABASE_URL"]))
    with engine.begin() as connection:
        connection.execute(text("UPDATE organisation SET languages = :planted"), {"planted": body.decode()})
    engine.dispose()


LEAKS = {"log": to_log, "temporary": to_temporary, "nameless": to_nameless, "database": to_database}
