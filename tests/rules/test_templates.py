"""Templates: strict about what they are given, and free of all that a Content-Security-Policy would have to allow."""

import re

import pytest
from jinja2 import UndefinedError, nodes

from tests.rules.tree import own, text

# Pages of staff in which their browser reads a table that they were given, in whatever encoding it came: the field has
# no name, so that no form could send it, and takes text alone. On a reporter's page there is none.
READ_HERE = (
    "templates/links/files.html",
    "templates/matches/lists.html",
    "templates/monitor/monitor.html",
    "templates/sites/taking_in.html",
)
TEXTS = r"(?:\.(?:csv|tsv|txt|json)|text/csv|text/plain)"
TABLE_READ_HERE = re.compile(
    rf'<input (?=[^>]*\btype="file")(?=[^>]*\baccept="{TEXTS}(?:,{TEXTS})*")(?![^>]*\bname=)[^>]*>'
)

TEMPLATES = own(".html", under="templates/")
FORBIDDEN = {
    "unescaped output": re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\bMarkup\("),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.IGNORECASE),
    "script address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "upload": re.compile(r"<input\b[^>]*type\s*=\s*[\"']?(?:file|image)\b|multipart/form-data", re.IGNORECASE),
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
        ('<input type="file">', "upload"),
        ('<form enctype="multipart/form-data">', "upload"),
        ('<img src="https://tracker.example/x.png">', "another host"),
        ('<a target="_blank">', "new tab"),
    ],
)
def test_a_fault_would_be_seen(source, kind):
    assert kind in faults(source)


def test_what_is_allowed_is_not_called_a_fault():
    assert faults('<script type="module" src="{{ asset_url("js/x.js") }}"></script> <p data-once="{{ text }}">') == []


@pytest.mark.parametrize(
    "field",
    [
        '<input type="file" name="table" accept=".csv">',
        '<input type="file" accept=".csv,image/*">',
        '<input type="file" accept=".csv,.png">',
        '<input type="file">',
    ],
)
def test_a_field_that_could_send_something_or_take_an_image_would_be_seen(field):
    assert TABLE_READ_HERE.sub("", field) == field


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_clean(name):
    source = text(name)
    assert faults(TABLE_READ_HERE.sub("", source) if name in READ_HERE else source) == []


@pytest.mark.parametrize("name", READ_HERE)
def test_what_may_read_a_table_does(name):
    assert TABLE_READ_HERE.search(text(name))


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
