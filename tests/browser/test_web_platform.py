"""The WHATWG's own URL tests in Chromium, and that both sides make the same of each: one form or none, one reading."""

import json

from app.domain.address_reading import read_address
from app.domain.canonical_url import canonical_url
from app.errors import FormatError
from tests.browser.test_vectors import page as page  # noqa: PLC0414 - the fixture
from tests.web_platform.cases import PARTS, all_cases, expected, web_cases

# Where Chromium is laxer than the standard. Both sides of the portal take such a host for none.
LAX = {
    "http://example example.com", "http://GOO\u00a0\u3000goo.com", "http://\uff05\uff14\uff11.com",
    "http://%ef%bc%85%ef%bc%94%ef%bc%91.com", "http://192.168.0.1 hello", "https://x x:12", "http://[::%31]",
    "http://%5B::1]", "http://a b/", "http://ho%20st/", "http://!\"$&'()*+,-.;=_`{}~/",
}  # fmt: skip
PARSE = """([cases, parts]) => JSON.parse(cases).map(({input, base}) => {
  try {
    const url = base ? new URL(input, base) : new URL(input);
    return Object.fromEntries(parts.map((part) => [part, url[part]]));
  } catch {
    return null;
  }
})"""
FORMS = """async (typed) => {
  const { canonicalUrl } = await import("/static/js/domain/canonical_url.js");
  const { readAddress } = await import("/static/js/domain/address_reading.js");
  const formOf = (text) => {
    try {
      return canonicalUrl(text);
    } catch (error) {
      return error.name;
    }
  };
  return JSON.parse(typed).map((text) => [formOf(text), readAddress(text)]);
}"""


def form_of(typed):
    try:
        return canonical_url(typed)
    except FormatError as error:
        return type(error).__name__


def test_chromium_parses_web_addresses_as_the_standard_says(page):
    cases = web_cases()
    results = page.evaluate(PARSE, [json.dumps(cases), PARTS])
    wrong = [case["input"] for case, result in zip(cases, results, strict=True) if result != expected(case)]
    assert set(wrong) <= LAX
    assert len(cases) == 424


def test_both_sides_make_the_same_of_whatever_is_typed(page):
    typed = [case["input"] for case in all_cases()]
    typed += [f"https://a.example/{text}" for text in typed]
    here = [[form_of(text), read_address(text)] for text in typed]
    there = page.evaluate(FORMS, json.dumps(typed))
    assert [pair for pair in zip(typed, here, there, strict=True) if pair[1] != pair[2]] == []
    assert {form_of(text) for text in LAX} == {"FormatError"}
    assert sum(form != "FormatError" for form, _ in here) > 500
