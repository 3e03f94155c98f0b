"""The URL tests of the web-platform-tests project, as far as they are about web addresses.

Since they were written, the standard takes labels that begin like punycode and are none. Their results stand here.
"""

import json
from pathlib import Path

PARTS = ("href", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash")
SINCE = {
    "https://xn--/": "xn--",
    **{f"http://a.b.c.{start}--pokxncvks": "a.b.c.xn--pokxncvks" for start in ("xn", "XN", "Xn")},
    **{f"http://10.0.0.{start}--pokxncvks": "10.0.0.xn--pokxncvks" for start in ("xn", "XN", "xN")},
}


def all_cases():
    """Give every test of the file, its comments left out."""
    text = (Path(__file__).parent / "urltestdata.json").read_text(encoding="utf-8")
    return [case for case in json.loads(text) if isinstance(case, dict)]


def web_cases():
    """Give the tests that are about http and https: by their result, or, where they fail, by what is given."""
    return [case for case in all_cases() if _is_web(case)]


def expected(case):
    """Give the parts of an address that the standard wants, None for what is no address."""
    if case["input"] in SINCE:
        host, protocol = SINCE[case["input"]], case["input"].split("/")[0]
        blank = dict.fromkeys(PARTS, "")
        return {**blank, "href": f"{protocol}//{host}/", "protocol": protocol, "host": host, "hostname": host,
                "pathname": "/"}  # fmt: skip
    return None if case.get("failure") else {part: case[part] for part in PARTS}


def _is_web(case):
    if case.get("failure"):
        given = (case["input"].lower().lstrip(), case.get("base") or "")
        return any(text.startswith("http") for text in given)
    return case["protocol"] in {"http:", "https:"}
