"""Every value of every enum has words, in both languages."""

import pytest

from app.domain import vocabulary
from app.forms.labels import LABELS, label_texts

# What strangers may claim is part of `SEALED_BY`, whose labels serve.
ENUMS = sorted(name for name in vars(vocabulary) if isinstance(vars(vocabulary)[name], tuple))
OWN = [name for name in ENUMS if name != "STRANGER_SEALED_BY"]


@pytest.mark.parametrize("name", OWN)
def test_every_value_has_a_label(name):
    assert set(LABELS[name.lower()]) == set(getattr(vocabulary, name))


def test_no_label_is_for_nothing():
    assert {name.upper() for name in LABELS} == set(OWN)


@pytest.mark.parametrize("name", [name.lower() for name in OWN])
def test_labels_differ_within_an_enum_and_between_languages(wording, name):
    with wording("ko"):
        korean = label_texts(name)[name]
    with wording("en"):
        english = label_texts(name)[name]
    assert len(set(korean.values())) == len(korean)
    assert len(set(english.values())) == len(english)
    assert [value for value in korean if korean[value] == english[value]] == []
