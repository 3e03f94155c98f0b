"""What is proposed, for every combination of the answers that rules look at; and what rules must be made of."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import read
from app.domain import vocabulary
from app.domain.compartment import compartments_of
from app.domain.routing import answers_of, distance, place, proposals, suggestions
from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS
from app.errors import FormatError
from tests.vectors.recipes.letters import letter
from tests.vectors.recipes.routing import CENTRES, OTHERS

RULES = read("routing")["rules"]
ENUMS = {
    "role": "REPORTER_ROLES", "age_group": "AGE_GROUPS", "harm": "HARMS", "material": "MATERIALS",
    "identity_leak": "IDENTITY_LEAKS", "threat_kinds": "THREAT_KINDS", "threat_ongoing": "YES_NO", "danger": "YES_NO",
    "link_kind": "LINK_KINDS", "spread": "SPREAD", "commercial": "COMMERCIAL", "wishes": "WISHES",
    "prior": "PRIOR_KINDS",
}  # fmt: skip
WORDS = {name: getattr(vocabulary, enum) for name, enum in ENUMS.items()} | {"threat_deadline": ("named",)}
ONE_ANSWER = {"role", "age_group", "threat_ongoing", "danger", "threat_deadline"}
# What somebody says who wants to have to do with the police, or had.
ABOUT_POLICE = {"wishes": {"investigate"}, "prior": {"police_report"}}


def answers_that_differ(question, rules):
    """One list of answers for each way in which a question can be answered, as far as these rules can tell.

    Answers that no rule tells apart stand for each other; of several, as many as it takes for each set of rules.
    """
    asking = [rule["when"][question] for rule in rules if question in rule["when"]]
    by_rules = {}
    for word in WORDS[question]:
        by_rules.setdefault(tuple(word in wanted for wanted in asking), word)
    if question in ONE_ANSWER:
        return [[], *([word] for word in by_rules.values())]
    found, words = {}, list(by_rules.values())
    for chosen in range(1 << len(words)):
        several = [word for at, word in enumerate(words) if chosen >> at & 1]
        found.setdefault(tuple(bool(set(several) & set(wanted)) for wanted in asking), several)
    return list(found.values())


def every_combination(rules):
    """Answers for every set of these rules that can hold at once: those that differ in nothing stand there once."""
    standing = {frozenset(range(len(rules))): {}}
    for question in WORDS:
        grown = {}
        for holding, answers in standing.items():
            for said in answers_that_differ(question, rules):
                still = (
                    at
                    for at in holding
                    if question not in rules[at]["when"] or _meet(said, rules[at]["when"][question])
                )
                grown.setdefault(frozenset(still), answers | {question: said})
        standing = grown
    return standing


def _meet(said, wanted):
    return not set(said).isdisjoint(wanted)


def of_kind(kind, answers):
    """What is proposed of one kind, or nothing."""
    return [one for one in proposals(answers) if one["kind"] == kind]


def test_every_question_of_a_rule_is_one_that_is_asked_and_every_answer_one_of_its_words():
    for rule in RULES:
        for question, wanted in rule["when"].items():
            assert set(wanted) <= set(WORDS[question]), rule["id"]
            assert wanted, rule["id"]
    assert set(WORDS) <= set(answers_of(letter()))


def test_every_rule_has_its_reasons_its_source_and_its_words():
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    later = read("routing")["later"]
    for rule in [*RULES, read("routing")["otherwise"]]:
        assert rule["reason"].keys() == {"ko", "en"}
        assert all(rule["reason"].values())
    for rule in RULES:
        assert rule["kind"] in ORGANISATION_KINDS
        assert set(rule["purposes"]) <= set(vocabulary.PURPOSES)
        assert rule["later"] == "" or rule["later"] in later
    assert {rule["kind"] for rule in RULES} == set(ORGANISATION_KINDS)
    assert {rule["later"] for rule in RULES} - {""} == set(later)


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_over_all_combinations_nothing_is_proposed_that_a_kind_may_not_read(kind):
    """Rules of one kind never look at another's, so all combinations for each kind are all combinations."""
    rules = [rule for rule in RULES if rule["kind"] == kind]
    combinations = every_combination(rules)
    assert len(combinations) > len(rules)
    for holding, answers in combinations.items():
        found = of_kind(kind, answers)
        assert [rules[at]["id"] for at in sorted(holding)] == [name for one in found for name in one["rules"]]
        assert all(set(one["compartments"]) <= set(compartments_of(kind)) for one in found), answers
        if kind == "support_centre":
            (centre,) = found
            assert "counselling" in centre["purposes"]
            assert centre in proposals(answers)


@pytest.mark.parametrize("kind", [kind for kind in ORGANISATION_KINDS if kind != "police"])
def test_nothing_said_of_the_police_is_a_condition_for_other_help(kind):
    """Without any word about the police, the same others are proposed, for the same purposes."""
    for answers in every_combination([rule for rule in RULES if rule["kind"] == kind]).values():
        silent = {
            name: [one for one in said if one not in ABOUT_POLICE.get(name, ())] for name, said in answers.items()
        }
        loud = {name: [*said, *ABOUT_POLICE.get(name, ())] for name, said in answers.items()}
        assert of_kind(kind, silent) == of_kind(kind, answers) == of_kind(kind, loud), answers


ANSWERS = st.dictionaries(
    st.sampled_from([*WORDS, "weather"]),
    st.lists(st.sampled_from(["rain", *(one for all_of in WORDS.values() for one in all_of)])),
)


@given(ANSWERS)
def test_urgent_kinds_come_first_and_none_depends_on_the_rules_of_another(answers):
    found = proposals(answers)
    order = [(not one["urgent"], place(one["kind"])) for one in found]
    assert order == sorted(order)
    for one in found:
        looked_at = {name for rule in RULES if rule["kind"] == one["kind"] for name in rule["when"]}
        assert of_kind(one["kind"], {name: said for name, said in answers.items() if name in looked_at}) == [one]


@given(ANSWERS, st.sampled_from(sorted(WORDS)), st.data())
def test_another_answer_only_ever_adds(answers, question, data):
    more = {**answers, question: [*answers.get(question, []), data.draw(st.sampled_from(WORDS[question]))]}
    before = {one["kind"]: set(one["rules"]) for one in proposals(answers)}
    after = {one["kind"]: set(one["rules"]) for one in proposals(more)}
    assert all(rules <= after[kind] for kind, rules in before.items())


regions = st.sampled_from(REGIONS)
offers = st.lists(
    st.fixed_dictionaries({
        "slug": st.sampled_from(["a", "b", "c", "d", "e", "f"]), "kind": st.sampled_from(ORGANISATION_KINDS),
        "region": regions, "languages": st.lists(st.sampled_from(["vi", "en"]), unique=True),
        "disability": st.lists(st.sampled_from(vocabulary.DISABILITY_SUPPORT), unique=True), "away": st.booleans(),
        "closed": st.booleans(),
    }),
    unique_by=lambda one: one["slug"],
)  # fmt: skip


@given(
    st.fixed_dictionaries({}, optional={name: st.lists(st.sampled_from(words)) for name, words in WORDS.items()}
                          | {"region": st.lists(regions, max_size=1), "language": st.just(["vi"])}),
    offers,
)  # fmt: skip
def test_whoever_is_there_is_listed_once_and_somebody_is_proposed(answers, there):
    found = suggestions(answers, there)
    assert sorted(one["slug"] for one in found) == sorted(one["slug"] for one in there)
    assert any(one["proposed"] for one in found) is bool(there)
    assert all(one["proposed"] or not later["proposed"] for one, later in pairwise(found))
    assert set(found[0]) >= {"slug", "proposed"} if found else True
    assert not [name for one in found for name in one if "chosen" in name or "tick" in name]


def test_the_nearest_centre_is_proposed_before_those_further_away():
    for region in REGIONS[:17]:
        found = suggestions({"region": [region]}, [*CENTRES, *OTHERS])
        placed = [one for one in found if one["nearest"]]
        assert placed, region
        assert (
            min(one["distance"] for one in found if one["slug"] in {c["slug"] for c in CENTRES[:4]})
            == placed[0]["distance"]
        )


@given(offers, st.lists(regions, max_size=1))
def test_hours_only_ever_decide_between_those_that_are_alike_in_all_else(there, region):
    answers, alike = {"region": region}, {}
    by_slug = {one["slug"]: one for one in there}
    for one in suggestions(answers, there):
        offer = by_slug[one["slug"]]
        rank = (one["proposed"], offer["kind"], offer["away"], one["distance"])
        alike.setdefault(rank, []).append(offer["closed"])
    assert all(closed == sorted(closed) for closed in alike.values())
    open_all_day = [{**one, "closed": False} for one in there]
    kinds = [by_slug[one["slug"]]["kind"] for one in suggestions(answers, there)]
    assert kinds == [by_slug[one["slug"]]["kind"] for one in suggestions(answers, open_all_day)]


def test_borders_are_crossed_both_ways_and_every_region_is_reached():
    of = read("routing")["neighbours"]["of"]
    assert set(of) == set(REGIONS) - {"abroad", "undisclosed"}
    assert all(here in of[there] for here, there_all in of.items() for there in there_all)
    assert all(distance(here, there) <= len(of) for here in of for there in of)
    assert all(distance(here, there) == distance(there, here) for here in of for there in of)


def test_an_unknown_kind_has_no_place():
    with pytest.raises(FormatError):
        place("press")
