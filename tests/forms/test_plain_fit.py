"""What is proposed without scripts is what is proposed with them: the same vectors, read out of the same answers."""

import json
from datetime import datetime

import pytest
from werkzeug.datastructures import MultiDict

from app.data import read
from app.domain.deadline import KOREA
from app.domain.routing import answers_of, proposals
from app.forms.labels import LABELS
from app.forms.organisation_card import OrganisationCard
from app.forms.plain_fit import MOST_REASONS, by_kind, fits
from app.forms.plain_letter import letter_of
from app.forms.plain_report import PlainReport
from app.forms.reach import Reach, Said
from app.services.offer import Offer
from tests.vectors.recipes.letters import bare
from tests.vectors.recipes.routing import CENTRES, DEADLINE_TONIGHT, OTHERS
from tests.vectors.replay import FOLDER

VECTORS = json.loads((FOLDER / "routing.json").read_text(encoding="utf-8"))["tests"]
MONDAYS = "Mo 09:00-18:00"
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=KOREA)
OF_A_LINK = {"link_kind": "kind", "spread": "spread", "commercial": "commercial"}
RULES = {rule["id"]: rule for rule in read("routing")["rules"]}


@pytest.fixture(autouse=True)
def _in_a_page(wording):
    with wording("ko"):
        yield


def vectors(function):
    return [pytest.param(one["input"], one["output"], id=one["comment"]) for one in VECTORS
            if one["function"] == function]  # fmt: skip


def letter_from(answers):
    """The letter of a form in which these answers were given, as a browser sends it."""
    sent = MultiDict({"link-0-address": "https://board.example/1"})
    for question, said in answers.items():
        name = f"link-0-{OF_A_LINK[question]}" if question in OF_A_LINK else question
        sent.setlist(name, ["오늘 밤 10시"] if question == "threat_deadline" else said)
    return letter_of(PlainReport((), sent, under_14="links_only"), bytes(16), "ko")


def card_of(offer):
    away = Said("자리를 비웁니다", "ko") if offer["away"] else None
    reach = Reach(opening=MONDAYS if offer["closed"] else "", away=away)
    offers = Offer(tuple(offer["languages"]), tuple(offer["disability"]))
    return OrganisationCard(offer["slug"], offer["kind"], offer["slug"], "", reach, offer["region"], offers)


CARDS = [card_of(one) for one in [*CENTRES, *OTHERS]]


@pytest.mark.parametrize(("given", "output"), vectors("proposals"))
def test_a_form_leads_to_the_same_proposals_as_the_page_with_scripts(given, output):
    assert proposals(answers_of(letter_from(given["answers"]))) == output


@pytest.mark.parametrize(("given", "output"), vectors("suggestions"))
def test_organisations_stand_in_the_same_order(given, output):
    shown = fits([card_of(one) for one in given["offers"]], letter_from(given["answers"]), "ko", SUNDAY)
    assert [(fit.card.slug, fit.proposed) for fit in shown] == [(one["slug"], one["proposed"]) for one in output]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_kind_is_said_once_with_its_reasons_what_is_urgent_first_and_where_it_comes_from(language):
    shown = fits(CARDS, letter_from(DEADLINE_TONIGHT), language, SUNDAY)
    police = next(fit for fit in shown if fit.card.kind == "police")
    assert police.why.reasons[0] == RULES["threat_deadline"]["reason"][language]
    assert RULES["threat"]["reason"][language] in police.why.reasons
    assert police.why.later == (read("routing")["later"]["police_complaint"][language],)
    assert len(police.why.sources) == len(police.why.reasons) + 1
    assert all("2026-" in source for source in police.why.sources)
    assert police.badges
    assert str(LABELS["purposes"]["police"]) in police.why.purposes
    assert str(LABELS["compartments"]["offender"]) in police.why.reads
    first, second = [fit for fit in shown if fit.proposed and fit.card.kind == "support_centre"]
    assert len(first.why.reasons) == MOST_REASONS
    assert RULES["anyone"]["reason"][language] not in first.why.reasons
    assert (len(second.why.reasons), second.why.later, second.why.sources) == (1, (), ())
    others = [fit for fit in shown if not fit.proposed]
    assert others
    assert not any(fit.why.reasons for fit in others)


def test_where_no_rule_fits_who_is_there_is_proposed_as_that():
    (only,) = fits([card_of(OTHERS[1])], bare(), "ko", SUNDAY)
    assert (only.proposed, only.why.reasons) == (True, (read("routing")["otherwise"]["reason"]["ko"],))
    assert (only.why.purposes, only.why.reads, only.badges) == ("", "", ())
    assert fits([], bare(), "ko", SUNDAY) == []


def test_a_kind_of_which_one_was_chosen_counts_as_chosen():
    shown = fits(CARDS, letter_from(DEADLINE_TONIGHT | {"region": ["busan"]}), "ko", SUNDAY)
    far = next(card for card in CARDS if card.slug == "country")
    found = {one.first.card.kind: one for one in by_kind(shown, [far])}
    assert (found["support_centre"].chosen, found["police"].chosen) == ("country", "")
    assert found["police"].others == "police"
    assert list(found) == list(dict.fromkeys(fit.card.kind for fit in shown if fit.proposed))


@pytest.mark.parametrize(
    ("opening", "away", "said"),
    [
        (MONDAYS, None, "닫혀 있고 월요일 09:00에"),
        ("Su 00:00-24:00", None, "지금 열려 있어요"),
        ("", None, ""),
        (MONDAYS, Said("자리를 비웁니다", "ko"), ""),
    ],
)
def test_whether_it_is_open_is_said_by_its_hours_unless_nobody_is_there(opening, away, said):
    card = OrganisationCard("a", "support_centre", "a", reach=Reach(opening=opening, away=away))
    (fit,) = fits([card], bare(), "ko", SUNDAY)
    assert said in fit.open_now
    assert bool(fit.open_now) == bool(said)
