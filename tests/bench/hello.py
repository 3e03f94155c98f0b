"""The least that Flask can do: what `GET /report` is measured against, under the same gunicorn settings."""

from flask import Flask

application = Flask(__name__)


@application.get("/")
def hello():
    return "Hello, World!"
