"""Addresses are parsed as the WHATWG's standard says: its own tests, on the side of the server and of the client."""

from ada_url import URL

from tests.web_platform.cases import PARTS, SINCE, all_cases, expected, web_cases

SURROGATES = "\ud800"  # Python's strings can hold half a character, its UTF-8 cannot: such an address is none


def parsed(case):
    base = case.get("base")
    try:
        url = URL(case["input"], base) if base else URL(case["input"])
    except ValueError:
        return None
    return {part: getattr(url, part) for part in PARTS}


def test_every_web_address_of_the_standards_tests_is_parsed_as_they_say():
    cases = [case for case in web_cases() if SURROGATES not in case["input"]]
    assert len(cases) == 423
    wrong = [(case["input"], case.get("base"), parsed(case)) for case in cases if parsed(case) != expected(case)]
    assert wrong == []


def test_what_changed_since_is_in_the_tests():
    assert set(SINCE) <= {case["input"] for case in all_cases() if case.get("failure")}
