"""Vectors of what is asked when, and of the numbers that are kept out."""

from tests.vectors.recipe import VectorFile

VICTIM = {"role": ["victim"], "age_group": ["19_or_over"], "harm": ["distribution"]}
MOTHER = {"role": ["lineal_relative"], "proxy": ["no"], "age_group": ["under_14"], "channel": ["phone"]}
CHILD = {
    "danger": ["no"], "spread_now": ["spreading"], "threat_kinds": ["share", "money"], "threat_deadline": ["밤 열 시"],
    "address": ["https://photo.example/1"], "poster": ["@x"], "sentence": ["단체방"], "role": ["victim"],
    "age_group": ["under_14"], "offender_name": ["가나다"], "account_events": ["있었던 일"], "channel": ["phone"],
    "contact_address": ["010-0000-0000"],
}  # fmt: skip
PASSER_BY = {
    "role": ["third_party"], "proxy": ["yes"], "age_group": ["14_to_18"], "relation": ["family"],
    "account_events": ["남의 일"], "account_seen": ["방을 보았어요"], "channel": ["phone"], "contact_address": ["010"],
}  # fmt: skip
PEOPLE = (
    ("nothing answered yet", {}),
    ("the person herself", VICTIM),
    ("a mother", MOTHER),
    ("a third party", PASSER_BY),
    ("a child under 14", CHILD),
    ("a child who leaves open who reports", {**CHILD, "role": []}),
    ("a child who would rather not say who reports", {**CHILD, "role": ["undisclosed"]}),
    ("a sibling of a child", {**CHILD, "role": ["sibling"]}),
    ("a threat with a deadline", {"threat_kinds": ["sexual"], "threat_ongoing": ["yes"], "threat_deadline": ["열 시"]}),
    (
        "a deadline left over from a threat that was taken back",
        {"threat_kinds": ["none"], "threat_deadline": ["열 시"]},
    ),
    ("filming", {"harm": ["filming"], "incident_place": ["건물"]}),
    ("filmed material", {"material": ["illegally_filmed"]}),
    ("under 19 by the material", {"material": ["under_19_exploitation"]}),
    ("an earlier report", {"prior": ["police_report"], "prior_reference": ["2026-1"]}),
    ("danger, and again in the open", {"danger": ["yes"], "spread_now": ["again"]}),
    ("a value that nobody knows", {"role": ["somebody"], "danger": ["maybe"], "unheard_of": ["x"]}),
)


def asking(*, reseal):
    """Questions and notes after answers, under each of the three policies."""
    file = VectorFile("asking", "Which questions and notes come after which answers.", reseal=reseal)
    for policy in ("links_only", "help_lines", "open"):
        for comment, answers in PEOPLE:
            if policy != "links_only" and answers.get("age_group") != ["under_14"]:
                continue
            for function in ("asked", "only_asked", "noted"):
                file.valid(f"{comment}, {policy}", function, answers=answers, policy=policy)
    return file


RESIDENT = (
    ("with a hyphen", "990101-2345678"),
    ("in a sentence, with spaces", "제 번호는 990101 - 2345678 이에요"),
    ("in one piece", "9901012345678"),
    ("full-width", "９９０１０１－２３４５６７８"),
    ("over two lines", "990101\n2345678"),
    ("a foreigner's", "850315-5123456"),
    ("after another number", "1 990101-2345678"),
)
CARDS = (
    ("groups of four", "4111 1111 1111 1111"),
    ("with hyphens in a sentence", "카드 번호는 5555-5555-5555-4444입니다"),
    ("in one piece", "4012888888881881"),
    ("full-width", "４１１１－１１１１－１１１１－１１１１"),
    ("thirteen digits", "4222222222222"),
    ("four, six, five", "3782-822463-10005"),
    ("nineteen digits", "6205 5000 0000 0000 004"),
    ("a domestic one", "9410-1234-5678-9010"),
    ("after an address", "https://a.example/1 4111111111111111"),
    ("the second of two", "1234 5678 9012 3456, 4111 1111 1111 1111"),
)
NEITHER = (
    ("nothing", ""),
    ("a phone number", "010-1234-5678"),
    ("no such month", "991301-2345678"),
    ("no such century", "990101-9345678"),
    ("inside a longer number", "1990101234567800"),
    ("a moment", "2026-11-22 13:00"),
    ("one digit is wrong", "4111 1111 1111 1112"),
    ("a bank account", "123456-01-123456"),
    ("a bank account that happens to add up", "411111-11-111111-03"),
    ("a receipt code", "0000 0000 0000 0000 0000 0001"),
    ("a card inside of an address", "https://a.example/4111111111111111/x"),
    ("a number that begins like none", "1111111111111117"),
    ("twenty digits", "41111111111111111111"),
)


def private_number(*, reseal):
    """Resident numbers, card numbers, and what only looks like them."""
    file = VectorFile(
        "private_number", "Resident registration numbers and card numbers in what is typed.", reseal=reseal
    )
    for comment, text in RESIDENT:
        file.valid(comment, "private_number", text=text, in_address=False, output="resident_number")
    for comment, text in CARDS:
        file.valid(comment, "private_number", text=text, in_address=False, output="card_number")
    for comment, text in NEITHER:
        file.valid(comment, "private_number", text=text, in_address=False, output="")
    for comment, text, found in (
        ("a long number", "https://a.example/status/9901012345678", ""),
        ("a resident number", "https://a.example/?who=990101-2345678", "resident_number"),
        ("a card number", "a.example/4111111111111111", ""),
    ):
        file.valid(f"an address: {comment}", "private_number", text=text, in_address=True, output=found)
    for digits in ("79927398713", "79927398710", "0", ""):
        file.valid("the sum of ISO/IEC 7812-1", "luhn", digits=digits)
    return file
