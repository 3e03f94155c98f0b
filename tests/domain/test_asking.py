"""The rules on what is asked when: what holds whatever was answered, and that every field of a letter is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from app.data import read
from app.domain import vocabulary
from app.domain.asking import POLICIES, asked, noted, only_asked, questions
from app.domain.empty_letter import empty_letter

NAMES = [question["name"] for question in questions()]
CONDITIONS = [one for rule in read("questions")["rules"] for one in rule.get("if_any") or rule["unless_all"]]
VALUES = sorted({value for condition in CONDITIONS for value in condition["is"]})
answers = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from([*VALUES, "words", "yes", "no"]), max_size=2), max_size=len(NAMES)
)
policies = st.sampled_from(POLICIES)
# What only the person herself, or those who act for her, can know or have.
HERS = {"relation", "age_group", "proxy", "account_events", "account_worry", "channel", "contact_address", "avoid"}
# In a child's letter only ticks and addresses: nothing that somebody could be known by.
FREE_TEXT = {
    "threat_deadline", "place", "poster", "title_keywords", "sentence", "incident_place", "prior_reference",
    "offender_name", "offender_handles", "offender_text", "account_seen", "account_events", "account_worry",
    "account_note", "channel", "contact_address", "safe_hours", "avoid", "region", "identity_leak", "disability",
}  # fmt: skip


@given(answers, policies)
def test_a_third_party_is_never_asked_for_what_only_the_victim_knows(given_answers, policy):
    names = asked({**given_answers, "role": ["third_party"]}, policy)
    assert not HERS & set(names)
    assert "account_seen" in names
    assert "third_party" in noted({**given_answers, "role": ["third_party"]}, policy)


@given(answers, st.sampled_from(["victim", "undisclosed", "not_known", ""]))
def test_from_a_child_alone_nothing_personal_is_asked(given_answers, role):
    child = {**given_answers, "age_group": ["under_14"], "role": [role]}
    names = asked(child, "links_only")
    assert not FREE_TEXT & set(names)
    assert {"address", "danger", "threat_kinds", "harm", "wishes"} <= set(names)
    assert FREE_TEXT & set(asked(child, "open"))
    assert "under_14_links_only" in noted(child, "links_only")
    assert "under_14_help_lines" in noted(child, "help_lines")
    assert "under_19" in noted(child, "open")


@given(answers, policies)
def test_what_is_not_asked_counts_for_nothing(given_answers, policy):
    kept = only_asked(given_answers, policy)
    assert set(kept) <= set(asked(given_answers, policy))
    assert asked(kept, policy) == asked(given_answers, policy)
    assert noted(kept, policy) == noted(given_answers, policy)
    assert only_asked(kept, policy) == kept


@given(answers, policies)
def test_the_way_in_is_always_open(given_answers, policy):
    assert {"danger", "address", "role"} <= set(asked(given_answers, policy))


def test_those_who_act_for_somebody_are_asked_for_an_authorisation():
    acting = set(vocabulary.REPORTER_ROLES) - {"victim", "third_party", vocabulary.UNDISCLOSED}
    assert {role for role in vocabulary.REPORTER_ROLES if "proxy" in asked({"role": [role]}, "open")} == acting


def leads_to(name, seen=()):
    """Every question that a question or note hangs on; fails where that leads back to it."""
    assert name not in seen, seen
    rules = [rule for rule in read("questions")["rules"] if name in rule["names"]]
    answers = {one["answer"] for rule in rules for one in rule.get("if_any") or rule["unless_all"]}
    return answers.union(*(leads_to(answer, (*seen, name)) for answer in answers))


def test_rules_name_what_there_is_lead_into_no_circle_and_say_why():
    listed = read("questions")
    assert len(set(NAMES)) == len(NAMES)
    for rule in listed["rules"]:
        assert set(rule["names"]) <= {*NAMES, *listed["notes"]}
        assert ("if_any" in rule) != ("unless_all" in rule)
        assert all(rule["because"][language] for language in ("ko", "en"))
    for name in [*NAMES, *listed["notes"]]:
        assert leads_to(name) <= {*NAMES, "under_14_policy"}


def test_every_field_of_a_letter_has_its_question():
    """All but what needs none: ids, keys, the page's language, and what is agreed to for each organisation."""
    assert {question["letter"] for question in questions()} == {
        *(f"reporter.{name}" for name in ("role", "age_group", "proxy", "relation")),
        *(
            f"items.{name}"
            for name in ("url", "kind", "place", "poster", "title_keywords", "commercial", "first_seen", "last_seen",
                         "posted", "spread")
        ),
        "harm", "material", "threat.kinds", "threat.ongoing", "threat.deadline", "identity_leak", "incident_place",
        "prior.kind", "prior.reference", "help.language", "help.disability", "help.danger", "help.region", "wishes",
        "account.text", "offender.name", "offender.handles", "offender.text",
        "contact.channel", "contact.address", "contact.safe_hours", "contact.avoid",
    }  # fmt: skip
    needs_none = {"v", "report_id", "lang", "consent", "reply_key", "log_key"}
    asked_for = {question["letter"].split(".")[0] for question in questions()}
    assert asked_for | needs_none == set(empty_letter(bytes(16)))
