"""Templates: strict about what they are given, and free of all that a Content-Security-Policy would have to allow."""

import re

import pytest
from jinja2 import UndefinedError, nodes

from tests.rules.tree import own, text

TEMPLATES = own(".html", under="templates/")
FORBIDDEN = {
    "unescaped output": re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\bMarkup\("),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.IGNORECASE),
    "script address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "file input": re.compile(r"<input\b[^>]*type\s*=\s*[\"']?(?:file|image)\b|multipart/form-data", re.IGNORECASE),
    "another host": re.compile(
        r"<(?:script|link|img|iframe|object|embed|video|audio|source)\b[^>]*(?:https?:)?//[\w.]", re.IGNORECASE
    ),
    "new tab": re.compile(r"target\s*=\s*[\"']?_blank", re.IGNORECASE),
}


def faults(source):
    return sorted(kind for kind, pattern in FORBIDDEN.items() if pattern.search(source))


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("{{ text | safe }}", "unescaped output"),
        ("{{ text|safe }}", "unescaped output"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">go()</script>', "inline script"),
        ('<p style="color:red">', "inline style"),
        ("<STYLE>", "inline style"),
        ('<a onclick="go()">', "inline handler"),
        ("<a href='javascript:go()'>", "script address"),
        ('<input type="file">', "file input"),
        ('<form enctype="multipart/form-data">', "file input"),
        ('<img src="https://tracker.example/x.png">', "another host"),
        ('<a target="_blank">', "new tab"),
    ],
)
def test_a_fault_would_be_seen(source, kind):
    assert kind in faults(source)


def test_what_is_allowed_is_not_called_a_fault():
    assert faults('<script type="module" src="{{ asset_url("js/x.js") }}"></script> <p data-once="{{ text }}">') == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_clean(name):
    assert faults(text(name)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_and_names_only_what_is_there(app, name):
    environment = app.jinja_env
    source = text(name)
    environment.from_string(source)
    tree = environment.parse(source)
    unknown = {node.name for node in tree.find_all(nodes.Filter)} - set(environment.filters)
    unknown |= {node.name for node in tree.find_all(nodes.Test)} - set(environment.tests)
    assert unknown == set()


def test_a_name_that_was_not_given_is_an_error(app):
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nobody_gave_this }}").render()
