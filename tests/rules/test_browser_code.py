"""What our JavaScript must not do: sinks that parse HTML, storage on a victim's device, requests to anywhere else."""

import re

import pytest

from tests.rules.tree import own, text

EVERYWHERE = {
    "HTML sink": r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|ContextualFragment|DOMParser|\.srcdoc\b",
    "code from text": r"\beval\(|\bnew Function\(|setTimeout\(\s*[\"'`]",
    "lasting storage": r"\blocalStorage\b|\bindexedDB\b|\bcaches\.|document\.cookie|serviceWorker|navigator\.storage",
    "guessable randomness": r"\bMath\.random\b",
    "another host": r"[\"'`](?:https?:|wss?:)?//[\w.]",
    "another way out": r"\bsendBeacon\b|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|window\.open\(",
}
# A caseworker's tab keeps its opened ring there, sealed under a half that only the server has.
SESSION_STORAGE = re.compile(r"\bsessionStorage\b")
MAY_USE_SESSION_STORAGE = re.compile(r"static/js/pages/(?:staff/|sign_in|queue|referral|session)")


def faults(source):
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", source, flags=re.DOTALL)
    return sorted(kind for kind, pattern in EVERYWHERE.items() if re.search(pattern, code))


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("box.innerHTML = text;", "HTML sink"),
        ("eval(text);", "code from text"),
        ("localStorage.setItem('a', b);", "lasting storage"),
        ("document.cookie = 'a=b';", "lasting storage"),
        ("Math.random()", "guessable randomness"),
        ("fetch('https://other.example/')", "another host"),
        ("fetch(`//other.example/`)", "another host"),
        ("navigator.sendBeacon('/x')", "another way out"),
    ],
)
def test_a_fault_would_be_seen(source, kind):
    assert faults(source) == [kind]


def test_comments_may_name_what_code_may_not_use():
    assert faults("// innerHTML is never used\n/* nor localStorage */ fetch('/report')") == []


@pytest.mark.parametrize("name", own(".js", under="static/js/"))
def test_script_is_clean(name):
    assert faults(text(name)) == []
    if not MAY_USE_SESSION_STORAGE.match(name):
        assert not SESSION_STORAGE.search(re.sub(r"/\*.*?\*/|//[^\n]*", "", text(name), flags=re.DOTALL))


def test_only_pages_touch_the_document():
    touching = [
        name
        for name in own(".js", under="static/js/")
        if not name.startswith("static/js/pages/") and re.search(r"\b(?:document|window)\.", text(name))
    ]
    assert touching == []
