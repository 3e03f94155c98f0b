"""Every way in which a JSON body can be wrong, made from one that is right."""

import json


def wrong_bodies(good):
    """Give (name, bytes, path of the field that is named in the answer, or None for any)."""
    text = json.dumps(good, separators=(",", ":"))
    first = next(iter(good))
    yield "truncated", text[:-5].encode(), "body"
    yield "empty", b"", "body"
    yield "not JSON", b"report=1", "body"
    yield "a list", b"[]", "body"
    yield "null", b"null", "body"
    yield "invalid UTF-8", text.encode().replace(b"{", b'{"\xff":1,', 1), "body"
    yield "UTF-16", text.encode("utf-16"), "body"
    yield "byte order mark", b"\xef\xbb\xbf" + text.encode(), "body"
    yield "lone surrogate", ('{"\\ud800":1,' + text[1:]).encode(), "body"
    yield "duplicate key", (f'{{"{first}":1,' + text[1:]).encode(), "body"
    yield "trailing bytes", text.encode() + b"{}", "body"
    yield "deep nesting", b"[" * 50_000 + b"]" * 50_000, "body"
    yield "NaN", (f'{{"{first}":NaN}}').encode(), "body"
    yield "huge number", (f'{{"{first}":1e999}}').encode(), "body"
    yield "many digits", (f'{{"{first}":' + "9" * 6000 + "}").encode(), "body"
    yield "unknown field", json.dumps({**good, "extra": 1}).encode(), ""
    for name in good:
        missing = {other: value for other, value in good.items() if other != name}
        yield f"no {name}", json.dumps(missing).encode(), name
        for wrong in (None, True, 1.5, {}, ["x"], "x"):
            if wrong is None and good[name] is None:
                continue
            if name == "own" and wrong is None:
                continue
            if isinstance(good[name], bool) and isinstance(wrong, bool):
                continue
            if name == "message" and wrong is None:
                continue
            yield f"{name} {wrong!r}", json.dumps({**good, name: wrong}).encode(), None
