"""What makes no difference to where an address leads makes none to its form."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.canonical_url import canonical_url, match_keys
from app.domain.image_text import contains_image
from app.domain.platform import platform_list
from app.errors import FormatError

labels = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8).map(lambda label: "a" + label)
hosts = st.lists(labels, min_size=2, max_size=3).map(".".join)
paths = st.lists(st.text("abcXYZ019-._~가 ", max_size=6), max_size=3).map("/".join).map(str.strip)
pairs = st.lists(st.tuples(labels, st.text("abc019가", max_size=4)), max_size=3)


def written(scheme, host, path, query):
    return f"{scheme}://{host}/{path}" + ("?" + "&".join(f"{name}={value}" for name, value in query) if query else "")


@given(hosts, paths, pairs)
def test_what_makes_no_difference(host, path, query):
    canonical = canonical_url(written("https", host, path, query))
    tracked = [("utm_source", "x"), *query[::-1], ("fbclid", "y")]
    same = [
        written("http", host.upper(), path, query),
        written("https", f"www.{host}", path, query),
        written("https", f"user:secret@{host}.:443", path, query) + "#fragment",
        written("https", host, path, tracked),
    ]
    assert {canonical_url(url) for url in same} == {canonical}


@given(hosts, paths, pairs)
def test_the_canonical_form_is_its_own(host, path, query):
    canonical = canonical_url(written("https", host, path, query))
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize("pattern", [rule.pattern for each in platform_list().platforms for rule in each.rules])
@settings(max_examples=20)
@given(drawn=st.data())
def test_what_a_rule_of_a_platform_gives_is_its_own_form(pattern, drawn):
    signs = sorted({*pattern.pattern, *"aZ0/?&=.%"})  # its own, and those that mean something in an address
    address = drawn.draw(st.from_regex(pattern, alphabet=signs))
    try:
        canonical = canonical_url(f"https://{address}")
    except FormatError:
        assume(False)
    assert canonical_url(canonical) == canonical


@given(hosts, paths, pairs)
def test_the_site_is_in_the_keys(host, path, query):
    keys = match_keys({"url": written("https", host, path, query), "poster": "@Someone"})
    assert [key["kind"] for key in keys] == ["url", "site", "poster"]
    assert keys[1]["canonical"] in keys[0]["canonical"]
    assert keys[2]["canonical"].endswith("/someone")


@given(st.text())
def test_whatever_is_typed_one_error(text):
    try:
        assert canonical_url(text).startswith(("https://", "magnet:?"))
    except FormatError as error:
        assert error.field == "url"  # noqa: PT017 - either way is right


@pytest.mark.parametrize("text", ["a" * 50_000, "a." * 25_000, "data:a/" * 7000, "data:;a;" * 7000, "x://" * 12_000])
def test_looking_for_images_takes_no_time(text):
    started = time.perf_counter()
    contains_image(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("url", ["https://t.me/" + "a" * 8000, "https://youtube.com/watch?" + "v=&" * 2700])
def test_long_addresses_take_no_time(url):
    started = time.perf_counter()
    canonical_url(url)
    assert time.perf_counter() - started < 1
