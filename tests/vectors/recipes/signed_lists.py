"""Vectors of lists that are handed on: the site directory and the statement of effort, whole and altered."""

from app.crypto import signed_list
from app.crypto.epoch_chain import sign_entry
from app.crypto.signing import signing_key_of
from app.domain.signed_list import list_json
from app.domain.wire import b64u_encode
from tests.vectors.recipe import VectorFile
from tests.vectors.recipes.passing_on import LATER_SEED
from tests.vectors.recipes.sealing import ANOTHER_ID, EPOCH, OTHER, PORTAL, SIGNING_KEY, SIGNING_SEED

SITE = {
    "domain": "share.example", "service": "file_share", "operator": "예시 운영사", "abuse": "abuse@share.example",
    "jurisdiction": "KR", "hosting": "US", "registration": "unregistered", "breaches": "차단 의무 미이행",
    "last_answer": "", "last_answer_on": None,
}  # fmt: skip
EFFORT = {"on": "2026-11-20", "what": "operator_request", "role": "caseworker", "minutes": 15, "links": 3}

LINK = {
    "id": b64u_encode(bytes(16)), "url": "https://share.example/bad/1", "kind": "post", "place": "", "poster": "bad",
    "title_keywords": "제목", "commercial": "paid", "first_seen": "2026-11", "last_seen": "undisclosed",
    "posted": "undisclosed", "spread": "spreading",
}  # fmt: skip
LETTER = {
    "referral_id": b64u_encode(bytes(16)), "report_id": b64u_encode(bytes(15) + b"1"), "received_on": "2026-11-20",
    "leaf": b64u_encode(bytes(32)), "sealed_sha256": "0" * 64, "opened_sha256": "f" * 64,
    "links": [{"item": LINK, "state": "removed", "state_on": "2026-11-21"}],
}  # fmt: skip
ACCOUNT = {
    "reason": "police", "account": "share.example/bad", "reported_in": 4, "no_consent": 2, "unopened": 1,
    "rows": [LETTER],
}  # fmt: skip


def signed(kind, content=None, **changes):
    """Give a list as its maker would write it, with what is changed afterwards."""
    chain = [sign_entry(PORTAL, "centre-a", 0, SIGNING_KEY, EPOCH.kid, SIGNING_SEED),
             sign_entry(PORTAL, "centre-a", 1, signing_key_of(LATER_SEED), OTHER.kid, SIGNING_SEED)]  # fmt: skip
    head = {"v": 1, "portal_id": b64u_encode(PORTAL), "organisation": "centre-a",
            "name": {"ko": "가 센터", "en": "Centre A"}, "made_at": "2026-11-22T03:04:05Z"}  # fmt: skip
    period = {"from": "2026-11-01", "until": "2026-11-30"}
    own = {"sites": {"rows": [SITE]}, "effort": {**period, "rows": [EFFORT]}, "account": ACCOUNT}[kind]
    inside = {**head, **own, **(content or {})}
    whole = {"v": 1, "kind": kind, "content": inside,
             "signature": signed_list.sign_list(LATER_SEED, kind, inside), "chain": chain}  # fmt: skip
    return {**whole, **changes}


def signed_list_file(*, reseal):
    """Signed lists."""
    file = VectorFile("signed_list", "Lists that are handed on, whole and altered.", reseal=reseal)

    def judged(comment, whole, output=None):
        content = {"$utf8": list_json(whole).decode()}
        file.valid(comment, "list_faults", content=content, **({} if output is None else {"output": output}))

    sites, effort = signed("sites"), signed("effort")
    judged("sites, as they were made", sites, [])
    judged("a statement, as it was made", effort, [])
    ends = [{**EFFORT, "on": day} for day in ("2026-11-01", "2026-11-30")]
    judged("a statement of its first and its last day", signed("effort", {"rows": ends}), [])
    judged("an account, as it was made", signed("account"), [])
    judged("an account, another count", {**(one := signed("account")), "content": {
        **one["content"], "reported_in": 3, "no_consent": 1}}, ["signature"])  # fmt: skip
    judged("nothing in it", signed("sites", {"rows": []}), [])
    file.valid("its maker", "list_signer", content={"$utf8": list_json(sites).decode()})
    file.valid("line breaks around it", "list_faults", output=[],
               content={"$utf8": "\n" + list_json(sites).decode() + "\r\n"})  # fmt: skip
    file.valid("what is signed", "list_message", kind="sites", portal_id=PORTAL, slug="centre-a", content=b"{}")
    inside = sites["content"]
    for name, value in (
        ("organisation", "centre-b"), ("made_at", "2026-11-23T03:04:05Z"), ("portal_id", b64u_encode(ANOTHER_ID)),
        ("name", {"ko": "나 센터", "en": "Centre B"}), ("rows", []), ("rows", [{**SITE, "abuse": "x@share.example"}]),
    ):  # fmt: skip
        judged(f"another {name}", {**sites, "content": {**inside, name: value}})
    judged("signed by an earlier key",
           {**sites, "signature": signed_list.sign_list(SIGNING_SEED, "sites", inside)}, ["signature"])  # fmt: skip
    judged("signed as another kind",
           {**effort, "signature": signed_list.sign_list(LATER_SEED, "sites", effort["content"])},
           ["signature"])  # fmt: skip
    judged("the end of the chain cut", {**sites, "chain": sites["chain"][:1]}, ["signature"])
    judged("the chain turned round", {**sites, "chain": sites["chain"][::-1]}, ["chain", "signature"])
    for comment, content in (
        *altered(list_json(sites).decode(), list_json(effort).decode()),
        *altered_account(list_json(signed("account")).decode()),
    ):
        file.invalid(comment, "list_faults", content={"$utf8": content})
    return file


def altered(sites, effort):
    """Give what is no list, with why."""
    return (
        ("no JSON", "sites"), ("nothing", ""), ("another kind", sites.replace('"kind":"sites"', '"kind":"evidence"')),
        ("the other kind", sites.replace('"kind":"sites"', '"kind":"effort"')),
        ("white space inside", sites.replace('"v":1,', '"v":1, ', 1)),
        ("a field twice", sites.replace('{"v":1,', '{"v":1,"v":1,', 1)),
        ("a field more", sites.replace('"service"', '"more":1,"service"')),
        ("a domain with a path", sites.replace('share.example","service', 'share.example/a","service')),
        ("a domain in capitals", sites.replace('"share.example"', '"Share.example"')),
        ("one label", sites.replace('"share.example"', '"share"')),
        ("a kind of service that is none", sites.replace("file_share", "casino")),
        ("a day that is none", sites.replace('"last_answer_on":null', '"last_answer_on":"2026-02-30"')),
        ("no minutes", effort.replace('"minutes":15', '"minutes":0')),
        ("more than a day", effort.replace('"minutes":15', '"minutes":1441')),
        ("half a minute", effort.replace('"minutes":15', '"minutes":0.5')),
        ("a name beside the role", effort.replace('"role"', '"by":"min-ji","role"')),
        ("after the period", effort.replace("2026-11-20", "2026-12-01")),
        ("before the period", effort.replace("2026-11-20", "2026-10-31")),
        ("text behind it", sites + "x"), ("a space before it", " " + sites),
        ("a letter around it", f"X{sites}X"),
    )  # fmt: skip


def altered_account(account):
    """Give what is no report of an account, with why."""
    return (
        ("nobody counted as left out", account.replace('"no_consent":2', '"no_consent":0')),
        ("one more than there are", account.replace('"reported_in":4', '"reported_in":5')),
        ("a reason that is none", account.replace('"reason":"police"', '"reason":"curiosity"')),
        ("no account", account.replace('"account":"share.example/bad"', '"account":""')),
        ("a state that is none", account.replace('"state":"removed"', '"state":"gone"')),
        ("a hash in capitals", account.replace("f" * 64, "F" * 64)),
        ("a letter's own words beside its links", account.replace('"links":[', '"account":"x","links":[')),
        ("no links", account.replace(account[account.index('"links":[') : account.index("]}]},")], '"links":[')),
        ("a negative count", account.replace('"unopened":1', '"unopened":-1')),
    )
