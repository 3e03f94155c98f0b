"""Why organisations are proposed to somebody whose browser runs no scripts: the same rules, in the words of the page.

What `static/js/pages/report/organisations.js` shows in browsers. It is worked out anew for each page from what was just
sent, and kept nowhere; it sets no tick, and it keeps nobody from leaving a proposal where it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _

from app.data import read
from app.domain.letter import Letter
from app.domain.opening_hours import minute_of_week, minutes_until_open
from app.domain.routing import Offer, Proposal, Suggestion, answers_of, proposals, suggestions
from app.forms.labels import LABELS
from app.forms.opening_words import open_now
from app.forms.organisation_card import OrganisationCard

MOST_REASONS: Final = 3
EVERYWHERE: Final = "ko"


@dataclass(frozen=True, slots=True)
class Why:
    """What is said for one kind of organisation; `sources` say where each line is from, and as known on which day."""

    reasons: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    purposes: str = ""
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """One organisation in the order in which it is shown, and what is said of it after these answers."""

    card: OrganisationCard
    proposed: bool = False
    badges: tuple[str, ...] = ()
    why: Why = Why()
    open_now: str = ""


@dataclass(frozen=True, slots=True)
class KindFit:
    """What is proposed of one kind: `chosen` of those that are proposed or of the same kind, and `others` of them."""

    first: Fit
    chosen: str
    others: str


def fits(cards: Sequence[OrganisationCard], letter: Letter, language: str, now: datetime) -> list[Fit]:
    """Give all organisations after the answers in a letter, those that are proposed first, each kind's words once.

    `now` is an aware time: who is usually open then comes before who is not, of those that are as near.
    """
    answers, minute = answers_of(letter), minute_of_week(now)
    found = {one["kind"]: one for one in proposals(answers)}
    by_slug = {card.slug: card for card in cards}
    told: set[str] = set()
    shown = []
    for suggestion in suggestions(answers, [_offer(card, minute) for card in cards]):
        card = by_slug[suggestion["slug"]]
        opens = "" if card.reach.away else open_now(card.reach.opening, minute, language)
        if not suggestion["proposed"]:
            shown.append(Fit(card, badges=_badges(suggestion, answers, None), open_now=opens))
            continue
        proposal = found.get(card.kind)
        why = _why(proposal, language)
        if card.kind in told:
            why = replace(why, reasons=(_("It does the same as the one above."),), later=(), sources=())
        told.add(card.kind)
        badges = _badges(suggestion, answers, proposal)
        shown.append(Fit(card, proposed=True, badges=badges, why=why, open_now=opens))
    return shown


def by_kind(shown: Sequence[Fit], chosen: Sequence[OrganisationCard]) -> list[KindFit]:
    """Put together what is proposed of each kind, with the names of those that were chosen and of the others."""
    proposed = [fit for fit in shown if fit.proposed]
    return [
        KindFit(
            first=next(fit for fit in proposed if fit.card.kind == kind),
            chosen=", ".join(card.name for card in chosen if card.kind == kind),
            others=", ".join(fit.card.name for fit in proposed if fit.card.kind == kind and fit.card not in chosen),
        )
        for kind in dict.fromkeys(fit.card.kind for fit in proposed)
    ]


def _offer(card: OrganisationCard, minute: int) -> Offer:
    return {
        "slug": card.slug,
        "kind": card.kind,
        "region": card.place,
        "languages": list(card.offer.languages),
        "disability": list(card.offer.disability),
        "away": card.reach.away is not None,
        "closed": bool(minutes_until_open(card.reach.opening, minute)),
    }


def _badges(suggestion: Suggestion, answers: Mapping[str, Sequence[str]], proposal: Proposal | None) -> tuple[str, ...]:
    spoken = next(iter(answers["language"]), EVERYWHERE)
    said = [
        _("Better at once") if proposal is not None and proposal["urgent"] else "",
        _("Nearest centre") if suggestion["nearest"] else "",
        _placed(_("Speaks: {language}"), language=LABELS["help_languages"][spoken])
        if suggestion["speaks"] and spoken != EVERYWHERE
        else "",
        *(str(LABELS["disability_support"][support]) for support in suggestion["supports"]),
    ]
    return tuple(words for words in said if words)


def _why(proposal: Proposal | None, language: str) -> Why:
    """Give what is urgent first, what always holds last, and no more than can be taken in."""
    routing: dict[str, Any] = read("routing")
    rules = proposal["rules"] if proposal else ()
    holding = [rule for rule in routing["rules"] if rule["id"] in rules]
    holding.sort(key=lambda rule: (not rule["urgent"], not rule["when"]))
    # Where no rule fits what is there, it is proposed as one of those.
    reasons = holding[:MOST_REASONS] or [routing["otherwise"]]
    later = [routing["later"][name] for name in proposal["later"]] if proposal else []
    purposes, reads = (proposal["purposes"], proposal["compartments"]) if proposal else ((), ())
    fitting = ", ".join(str(LABELS["purposes"][purpose]) for purpose in purposes)
    helpful = ", ".join(str(LABELS["compartments"][part]) for part in reads)
    return Why(
        reasons=tuple(rule["reason"][language] for rule in reasons),
        later=tuple(step[language] for step in later),
        sources=tuple(_source(one, language) for one in [*reasons, *later]),
        purposes=_placed(_("What fits your answers: {purposes}. You decide."), purposes=fitting) if fitting else "",
        reads=_("It would help it to read: %(parts)s.", parts=helpful) if helpful else "",
    )


def _source(dated: Mapping[str, Any], language: str) -> str:
    source = dated["source"]  # laws are named in Korean alone
    words = source if isinstance(source, str) else source[language]
    return _placed(_("{source} (as known on {day})"), source=words, day=dated["verified_on"])


def _placed(words: str, **places: object) -> str:
    """Fill words that scripts fill elsewhere: one translation for both."""
    return words.format(**places)
