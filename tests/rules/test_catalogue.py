"""Korean is complete: every text of the source has its translation, and none is left over, fuzzy or missing a part."""

import re
import subprocess
import sys

import polib
import pytest

from tests.rules.tree import ROOT

CATALOGUE = ROOT / "app" / "translations" / "ko" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """What the source says today, extracted anew."""
    template = tmp_path_factory.mktemp("catalogue") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "app/translations/babel.cfg"]
    keywords = ["-k", "_l", "-k", "lazy_gettext", "-k", "N_"]
    subprocess.run([*command, *keywords, "--omit-header", "-o", str(template), "."], cwd=ROOT, check=True)
    return polib.pofile(str(template))


def faults(entry):
    found = []
    if entry.fuzzy:
        found.append("fuzzy")
    texts = [entry.msgstr, *entry.msgstr_plural.values()]
    written = [text for text in texts if text]
    if not written:
        found.append("untranslated")
    originals = sorted(PLACEHOLDER.findall(entry.msgid))
    found += ["placeholders" for text in written if sorted(set(PLACEHOLDER.findall(text))) != sorted(set(originals))]
    return found


def test_faults_would_be_seen():
    assert faults(polib.POEntry(msgid="Start", msgstr="")) == ["untranslated"]
    assert faults(polib.POEntry(msgid="Start", msgstr="시작", flags=["fuzzy"])) == ["fuzzy"]
    assert faults(polib.POEntry(msgid="%(n)s links", msgstr="주소")) == ["placeholders"]
    assert faults(polib.POEntry(msgid="%(n)s links", msgstr="주소 %(n)s개")) == []


def test_every_text_is_translated():
    wrong = {
        entry.msgid: faults(entry) for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete and faults(entry)
    }
    assert wrong == {}


def test_the_catalogue_is_what_the_source_says(extracted):
    there = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    said = {(entry.msgctxt, entry.msgid) for entry in extracted}
    assert {"missing": said - there, "left over": there - said} == {"missing": set(), "left over": set()}


def test_korean_pages_are_korean():
    """A translation without one Korean letter is a forgotten one, unless it is a name or a sign."""
    names = re.compile(
        r"^[\W\d]*(?:URL|AES|P2P|SNS|Onestop|English|StopNCII|Take It Down|D4U|INHOPE|[A-Z]{1,5})?[\W\d]*$"
    )
    forgotten = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete
        and entry.msgstr
        and not HANGUL.search(entry.msgstr)
        and not names.match(PLACEHOLDER.sub("", entry.msgstr))
    ]
    assert forgotten == []
