"""Forms need words, not a portal: the catalogues alone."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

TRANSLATIONS = Path(__file__).parents[2] / "app" / "translations"


@pytest.fixture(scope="session")
def wording():
    """`with wording("ko"):` speaks that language."""
    app = Flask("wording")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale="ko")

    @contextmanager
    def speak(language):
        with app.test_request_context("/"), force_locale(language):
            yield

    return speak
