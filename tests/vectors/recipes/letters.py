"""Vectors of what is sealed: letters, messages, own records."""

import json

from app.domain.wire import b64u_encode
from tests.vectors.recipe import VectorFile, some


def canonical(value):
    """Write JSON as it is sealed, whatever it says."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of(value):
    return {"$utf8": canonical(value)}


def item(label="item", **changes):
    """Give one link."""
    return {
        "id": b64u_encode(some(label)), "url": "https://example.test/가?b=2&a=1", "kind": "page", "place": "둘째 쪽",
        "poster": "@poster", "title_keywords": "제목", "commercial": "unknown", "first_seen": "2026-11",
        "last_seen": "2026-11-21", "posted": "undisclosed", "spread": "spreading", **changes,
    }  # fmt: skip


def letter(**changes):
    """Give a letter with something in every field."""
    return {
        "v": 1, "report_id": b64u_encode(some("report")), "lang": "ko",
        "reporter": {"role": "victim", "age_group": "19_or_over", "proxy": "no", "relation": "casual"},
        "items": [item(), item("second item", url=None, kind="none")],
        "harm": ["distribution", "threat"], "material": ["illegally_filmed"],
        "threat": {"kinds": ["share", "money"], "ongoing": "yes", "deadline": "모레까지"},
        "identity_leak": ["name"], "incident_place": "", "prior": [{"kind": "police_report", "reference": "2026-1"}],
        "help": {"language": "ko", "disability": [], "danger": "no", "region": "seoul"},
        "wishes": ["delete", "counsel"], "consent": {"purposes": ["counselling", "deletion"], "pass_on": ["police"]},
        "account": {"text": '있었던 일 "그대로"\n둘째 줄 😀'}, "offender": {"name": "", "handles": ["@a"], "text": ""},
        "contact": {"channel": "messenger", "address": "x", "safe_hours": "19-21", "avoid": "경찰"},
        "reply_key": b64u_encode(some("reply key", 32)), "log_key": b64u_encode(some("log key", 32)), **changes,
    }  # fmt: skip


def bare(**changes):
    """Give a letter that says as little as a letter can."""
    no = "undisclosed"
    return letter(
        reporter={"role": no, "age_group": no, "proxy": no, "relation": no}, items=[], harm=[], material=[],
        threat={"kinds": [], "ongoing": no, "deadline": ""}, identity_leak=[], prior=[],
        help={"language": no, "disability": [], "danger": no, "region": no}, wishes=[],
        consent={"purposes": [], "pass_on": []}, account=None, offender=None, contact=None, **changes,
    )  # fmt: skip


def reordered(value):
    return dict(reversed(value.items()))


def without(value, name):
    return {field: inner for field, inner in value.items() if field != name}


def letter_file(*, reseal):
    """Letters."""
    file = VectorFile("letter", "The letter: every field, in order, and nothing else.", reseal=reseal)
    for comment, good in (
        ("something in every field", letter()),
        ("nothing said", bare()),
        ("English", letter(lang="en")),
        ("the longest address", letter(items=[item(url="h" * 8192)])),
        ("a thousand characters outside of the basic plane", letter(incident_place="😀" * 1000)),
        ("leap day", letter(items=[item(first_seen="2024-02-29", posted="2026")])),
    ):
        file.valid(comment, "parse_letter", plaintext=text_of(good), output=good)
    for comment, bad in mutations():
        file.invalid(comment, "parse_letter", plaintext=text_of(bad))
    good = canonical(letter())
    for comment, text in (
        ("a space", good[:-1] + " }"),
        ("a duplicate field", good[:-1] + ',"v":1}'),
        ("cut", good[:-1]),
        ("something after it", good + "\n"),
        ("an escaped letter", good.replace('"ko"', '"\\u006bo"')),
        ("a lone surrogate", good.replace("모레까지", "\\ud800")),
        ("1.0 for 1", good.replace('"v":1', '"v":1.0')),
        ("a list", "[]"),
        ("null", "null"),
        ("empty", ""),
    ):
        file.invalid(comment, "parse_letter", plaintext={"$utf8": text})
    file.invalid("not UTF-8", "parse_letter", plaintext=good.encode("utf-16-le")[:200])
    file.valid("fields are written in the order of the schema", "letter_json", letter=reordered(letter()),
               output=good.encode())  # fmt: skip
    file.invalid("what is no letter is not written", "letter_json", letter=letter(v=2))
    return file


def mutations():
    """Give letters that are wrong in one thing."""
    yield "another version", letter(v=2)
    yield "true is not 1", letter(v=True)
    yield "text is not 1", letter(v="1")
    yield "an unknown field", letter(extra="")
    yield "an unknown field inside", letter(threat={"kinds": [], "ongoing": "no", "deadline": "", "extra": ""})
    yield "another order", reordered(letter())
    yield "another order inside", letter(consent=reordered(letter()["consent"]))
    for name in ("v", "report_id", "items", "account", "log_key"):
        yield f"without {name}", without(letter(), name)
    yield "a short id", letter(report_id=b64u_encode(bytes(15)))
    yield "a padded id", letter(report_id=b64u_encode(some("report")) + "==")
    yield "an id with spare bits", letter(report_id="A" * 21 + "B")
    yield "a short key", letter(reply_key=b64u_encode(bytes(31)))
    yield "an unknown language", letter(lang="fr")
    yield "an unknown word", letter(material=["photo"])
    yield "a word twice", letter(harm=["threat", "threat"])
    yield "a word for a list", letter(harm="threat")
    yield "a list for a word", letter(reporter={**letter()["reporter"], "role": ["victim"]})
    yield "null for a word", letter(reporter={**letter()["reporter"], "role": None})
    yield "capitals", letter(reporter={**letter()["reporter"], "role": "Victim"})
    yield "an empty address", letter(items=[item(url="")])
    yield "too long an address", letter(items=[item(url="h" * 8193)])
    yield "too long a text", letter(incident_place="가" * 1001)
    yield "too long an account", letter(account={"text": "a" * 50_001})
    yield "one id twice", letter(items=[item(), item()])
    yield "no real day", letter(items=[item(first_seen="2026-02-30")])
    yield "no real month", letter(items=[item(first_seen="2026-13")])
    yield "the year 0", letter(items=[item(first_seen="0000")])
    yield "a time", letter(items=[item(first_seen="2026-11-21T10:00")])
    yield "a day without zeros", letter(items=[item(first_seen="2026-1-2")])
    yield "an empty handle", letter(offender={"name": "", "handles": [""], "text": ""})
    yield "an empty account", letter(account={})
    yield "an account as text", letter(account="x")
    yield "no contact channel", letter(contact={**letter()["contact"], "channel": ""})
    yield "consent for nobody", letter(consent=None)


def message(**changes):
    """Give a message that says something."""
    return {
        "v": 1, "after": b64u_encode(some("message before")), "sent_on": "2026-11-22", "kind": "text",
        "text": "고맙습니다", "items": [], "states": [], "consent": None, "when": None, **changes,
    }  # fmt: skip


def message_content(*, reseal):
    """Messages."""
    file = VectorFile("message_content", "Messages: what belongs to one kind is there with no other.", reseal=reseal)
    of_item = {"item": b64u_encode(some("item")), "state": "removed"}
    consent = {"purposes": ["police"], "pass_on": []}
    for comment, good in (
        ("words", message()),
        ("the first one", message(after=None)),
        ("states of the referral and of an item", message(
            kind="state", text="", states=[{"item": None, "state": "in_support"}, of_item])),
        ("a state with words", message(kind="state", states=[of_item])),
        ("more links", message(kind="items", items=[item()])),
        ("a withdrawal", message(kind="withdrawal", text="", when="now")),
        ("another consent", message(kind="consent", text="", consent=consent)),
    ):  # fmt: skip
        file.valid(comment, "parse_message", plaintext=text_of(good), output=good)
    for comment, bad in (
        ("no words", message(text="")),
        ("a withdrawal without a time", message(kind="withdrawal")),
        ("a time without a withdrawal", message(when="72h")),
        ("links in words", message(items=[item()])),
        ("no links", message(kind="items")),
        ("a state in words", message(states=[of_item])),
        ("no state", message(kind="state")),
        ("consent in words", message(consent=consent)),
        ("no consent", message(kind="consent")),
        ("an item's state for the referral", message(kind="state", states=[{"item": None, "state": "removed"}])),
        ("the referral's state for an item", message(kind="state", states=[{**of_item, "state": "closed"}])),
        ("one item twice", message(kind="state", states=[of_item, of_item])),
        ("an item with a short id", message(kind="state", states=[{**of_item, "item": of_item["item"][:-2]}])),
        ("an unknown kind", message(kind="photo")),
        ("no real day", message(sent_on="2026-11-31")),
        ("no day", message(sent_on="undisclosed")),
        ("an unknown field", message(extra=1)),
        ("without a field", without(message(), "when")),
        ("another order", reordered(message())),
        ("too long", message(text="a" * 10_001)),
    ):
        file.invalid(comment, "parse_message", plaintext=text_of(bad))
    file.invalid("a duplicate field", "parse_message",
                 plaintext={"$utf8": canonical(message())[:-1] + ',"when":null}'})  # fmt: skip
    file.valid("fields are written in order", "message_json", message=reordered(message()),
               output=canonical(message()).encode())  # fmt: skip
    return file


def own_record(*, reseal):
    """Own records."""
    file = VectorFile("own_record", "What the code alone gives back.", reseal=reseal)
    own = {
        "v": 1,
        "items": [{"id": b64u_encode(some("item")), "url": "https://example.test/가"}],
        "organisations": [{"slug": "centre-a", "consent": {"purposes": ["deletion"], "pass_on": []}}],
    }
    file.valid("one link, one organisation", "parse_own", plaintext=text_of(own), output=own)
    empty = {"v": 1, "items": [], "organisations": []}
    file.valid("nothing", "parse_own", plaintext=text_of(empty), output=empty)
    for comment, bad in (
        ("an account", {**own, "account": {"text": ""}}),
        ("a link without an id", {**own, "items": [{"url": None}]}),
        ("one organisation twice", {**own, "organisations": own["organisations"] * 2}),
        ("no slug", {**own, "organisations": [{**own["organisations"][0], "slug": "Centre A"}]}),
        ("another order", reordered(own)),
        ("another version", {**own, "v": 0}),
    ):
        file.invalid(comment, "parse_own", plaintext=text_of(bad))
    return file
