"""Vectors of what is proposed: rule by rule, organisation by organisation, border by border."""

from app.data import read
from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS
from tests.vectors.recipe import VectorFile
from tests.vectors.recipes.letters import bare, item, letter

DEADLINE_TONIGHT = {
    "role": ["victim"], "age_group": ["14_to_18"], "material": ["deepfake"], "harm": ["synthesis", "threat"],
    "threat_kinds": ["share", "money"], "threat_ongoing": ["yes"], "threat_deadline": ["named"], "wishes": ["delete"],
}  # fmt: skip


def offer(slug, kind="support_centre", region="undisclosed", **more):
    """Give what one organisation offers."""
    usual = {"languages": [], "disability": [], "away": False, "closed": False}
    return {"slug": slug, "kind": kind, "region": region, **usual, **more}


CENTRES = [
    offer("busan", region="busan"),
    offer("gyeonggi", region="gyeonggi", languages=["vi", "en"], disability=["sign_language"]),
    offer("seoul", region="seoul", away=True),
    offer("seoul-two", region="seoul", disability=["sign_language", "easy_korean"]),
    offer("country"),
]
OTHERS = [offer("watch", "monitor"), offer("review", "commission"), offer("police", "police")]


def routing_file(*, reseal):
    """What fits which answers."""
    file = VectorFile("routing", "Proposals: rules, organisations, distances. Never a tick.", reseal=reseal)
    for kind in ORGANISATION_KINDS:
        file.valid("its place among the kinds", "place", kind=kind)
    file.invalid("no kind", "place", kind="press")
    file.valid("something in every field", "answers_of", letter=letter())
    file.valid("nothing said", "answers_of", letter=bare())
    links = [item("a", kind="room"), item("b", spread="again"), item("c", kind="room")]
    file.valid("several links, and nothing twice", "answers_of", letter=letter(items=links))
    rules(file)
    organisations(file)
    for here, there in (("seoul", "seoul"), ("seoul", "gyeonggi"), ("jeju", "seoul"), ("gwangju", "gangwon"),
                        ("busan", "undisclosed"), ("abroad", "seoul"), ("abroad", "undisclosed"), ("seoul", "abroad"),
                        ("undisclosed", "busan"), ("undisclosed", "undisclosed")):  # fmt: skip
        file.valid("borders between", "distance", here=here, there=there)
    for here in REGIONS[:17]:
        file.valid("borders to the furthest corner", "distance", here=here, there="jeju")
    return file


def rules(file):
    """Each rule by itself, and answers of people."""
    file.valid("nothing answered", "proposals", answers={}, output=[
        {"kind": "support_centre", "rules": ["anyone"], "purposes": ["counselling"], "compartments": [],
         "urgent": False, "later": []},
    ])  # fmt: skip
    for rule in read("routing")["rules"]:
        when = {question: wanted[-1:] for question, wanted in rule["when"].items()}
        file.valid(f"what {rule['id']} asks for", "proposals", answers=when)
    file.valid("a deepfake, a threat, a time", "proposals", answers=DEADLINE_TONIGHT)
    file.valid("a threat that is none", "proposals", answers={"threat_kinds": ["none"], "threat_deadline": ["named"]})
    file.valid("no danger", "proposals", answers={"danger": ["no"], "threat_ongoing": ["no"]})
    came_across = {"role": ["third_party"], "link_kind": ["room"], "wishes": ["delete"], "spread": ["spreading"]}
    file.valid("somebody who came across a room", "proposals", answers=came_across)
    file.valid("words that are none", "proposals", answers={"wishes": ["revenge"], "weather": ["rain"]})


def organisations(file):
    """Which of those that are there, and in which order."""
    everybody = [*CENTRES, *OTHERS]
    for comment, answers in (
        ("nothing answered: any centre", {}),
        ("a region", {"region": ["seoul"]}),
        ("another region", {"region": ["gyeongnam"]}),
        ("an island", {"region": ["jeju"]}),
        ("from abroad", {"region": ["abroad"]}),
        ("a language before nearness", {"region": ["busan"], "language": ["vi"]}),
        ("Korean is spoken everywhere", {"region": ["busan"], "language": ["ko"]}),
        ("a language that nobody speaks", {"region": ["busan"], "language": ["mn"]}),
        ("support before nearness", {"region": ["busan"], "disability": ["easy_korean", "sign_language"]}),
        ("the police are urgent, the centre too", DEADLINE_TONIGHT),
    ):
        file.valid(comment, "suggestions", answers=answers, offers=everybody)
    asleep = [
        offer("a-closed", region="busan", closed=True),
        offer("b-open", region="busan"),
        offer("c-away", away=True),
    ]
    further = [
        offer("d-open", region="jeju"),
        offer("e-closed", region="busan", disability=["easy_korean"], closed=True),
    ]
    for comment, answers in (
        ("who is open before who is closed, as near", {"region": ["busan"]}),
        ("who is near and closed before who is far and open", {"region": ["busan"], "language": ["ko"]}),
        ("no region: who is open first, and who is away last", {}),
        ("support before opening hours", {"disability": ["easy_korean"]}),
    ):
        file.valid(comment, "suggestions", answers=answers, offers=[*asleep, *further])
    file.valid("nobody is there", "suggestions", answers={}, offers=[], output=[])
    file.valid("no centre is there: whoever is, is proposed", "suggestions", answers={}, offers=OTHERS)
    file.valid("no centre is there, but who fits", "suggestions", answers={"wishes": ["block"]}, offers=OTHERS)
