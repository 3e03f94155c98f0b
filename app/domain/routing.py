"""Which organisations fit which answers: proposals with their reasons, never a tick. Twin of `routing.js`.

The rules are `app/data/routing.json`, in words that a counsellor can read; both replay `tests/vectors/routing.json`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypedDict

from app.data import read
from app.domain.letter import Letter
from app.domain.vocabulary import UNDISCLOSED
from app.errors import FormatError

Answers = Mapping[str, Sequence[str]]

COUNTRY: Final = 1  # as far as an organisation for the whole country is, in borders crossed
MOST_OF_A_KIND: Final = 2  # proposed; the others of the kind can be chosen all the same
EVERYWHERE: Final = "ko"  # the language that every organisation speaks


class Proposal(TypedDict):
    """What is proposed of one kind of organisation; `rules` are the ids of those that hold, each with its reason."""

    kind: str
    rules: list[str]
    purposes: list[str]
    compartments: list[str]
    urgent: bool
    later: list[str]


class Offer(TypedDict):
    """What one organisation offers; a `region` that is undisclosed means the whole country.

    `closed`: at this hour nobody is usually there; false where nothing is said of hours.
    """

    slug: str
    kind: str
    region: str
    languages: list[str]
    disability: list[str]
    away: bool
    closed: bool


class Suggestion(TypedDict):
    """One organisation in the order in which it is shown. `speaks` and `supports` are what was asked for and is there.

    `distance` is the number of borders between, 1 for the whole country; null where no region was given.
    """

    slug: str
    proposed: bool
    nearest: bool
    distance: int | None
    speaks: bool
    supports: list[str]


def place(kind: str) -> int:
    """Give the place of a kind of organisation among those that are shown. Raises FormatError("kind")."""
    order: list[str] = read("routing")["order"]
    if kind not in order:
        raise FormatError("kind")
    return order.index(kind)


def answers_of(letter: Letter) -> dict[str, list[str]]:
    """Give what rules look at, by the name of the question. What was not answered is an empty list."""
    reporter, threat, needs = letter["reporter"], letter["threat"], letter["help"]
    items = letter["items"]
    said: dict[str, Iterable[str]] = {
        "role": [reporter["role"]],
        "age_group": [reporter["age_group"]],
        "harm": letter["harm"],
        "material": letter["material"],
        "identity_leak": letter["identity_leak"],
        "threat_kinds": threat["kinds"],
        "threat_ongoing": [threat["ongoing"]],
        "threat_deadline": ["named"] if threat["deadline"] else [],
        "danger": [needs["danger"]],
        "link_kind": [item["kind"] for item in items],
        "spread": [item["spread"] for item in items],
        "commercial": [item["commercial"] for item in items],
        "wishes": letter["wishes"],
        "prior": [one["kind"] for one in letter["prior"]],
        "language": [needs["language"]],
        "region": [needs["region"]],
        "disability": needs["disability"],
    }
    return {name: [one for one in dict.fromkeys(given) if one != UNDISCLOSED] for name, given in said.items()}


def proposals(answers: Answers) -> list[Proposal]:
    """Give what fits the answers: urgent kinds first, then in the order of the list; a support centre is always there.

    Every rule that holds adds to the proposal of its kind; no answer ever takes one away.
    """
    found: dict[str, Proposal] = {}
    for rule in read("routing")["rules"]:
        if not _holds(rule["when"], answers):
            continue
        empty = Proposal(kind=rule["kind"], rules=[], purposes=[], compartments=[], urgent=False, later=[])
        proposal = found.setdefault(rule["kind"], empty)
        proposal["rules"].append(rule["id"])
        proposal["urgent"] = proposal["urgent"] or rule["urgent"]
        _add(proposal["purposes"], rule["purposes"])
        _add(proposal["compartments"], rule["compartments"])
        _add(proposal["later"], [rule["later"]] if rule["later"] else [])
    return sorted(found.values(), key=lambda one: (not one["urgent"], place(one["kind"])))


def suggestions(answers: Answers, offers: Sequence[Offer]) -> list[Suggestion]:
    """Give the organisations in the order in which they are shown, those that are proposed first.

    Within a kind come first those that speak the language asked for, then those with the support asked for, then those
    where somebody is, then the nearest, then those that are usually open at this hour. Where no kind that is there
    fits, all kinds are proposed.
    """
    kinds = [one["kind"] for one in proposals(answers)]
    if not any(offer["kind"] in kinds for offer in offers):
        kinds = sorted({offer["kind"] for offer in offers}, key=place)
    fitting = sorted(offers, key=lambda offer: _rank(offer, answers))
    proposed = [offer for kind in kinds for offer in _of(kind, fitting)[:MOST_OF_A_KIND]]
    others = [offer for offer in fitting if offer not in proposed]
    near = _nearest(answers, offers)
    return [
        Suggestion(
            slug=offer["slug"],
            proposed=offer in proposed,
            nearest=offer["slug"] in near,
            distance=_distance_to(offer, answers),
            speaks=_speaks(offer, answers),
            supports=_supports(offer, answers),
        )
        for offer in [*proposed, *others]
    ]


def distance(here: str, there: str) -> int:
    """Count the borders between two regions, from 0; 1 to an organisation for the whole country (undisclosed).

    From abroad all regions are equally far, and the whole country is nearest.
    """
    if here == there:
        return 0
    if there == UNDISCLOSED:
        return COUNTRY
    neighbours: Mapping[str, list[str]] = read("routing")["neighbours"]["of"]
    reached, edge, crossed = {here}, {here}, 0
    while edge and there not in edge:
        edge = {next_one for one in edge for next_one in neighbours.get(one, ())} - reached
        reached |= edge
        crossed += 1
    return COUNTRY + (crossed if edge else len(neighbours))


def _holds(when: Mapping[str, Sequence[str]], answers: Answers) -> bool:
    return all(set(wanted) & set(answers.get(question, ())) for question, wanted in when.items())


def _add(known: list[str], more: Iterable[str]) -> None:
    known.extend(one for one in more if one not in known)


def _of(kind: str, offers: Sequence[Offer]) -> list[Offer]:
    return [offer for offer in offers if offer["kind"] == kind]


def _rank(offer: Offer, answers: Answers) -> tuple[int, bool, int, bool, int, bool, str]:
    return (
        place(offer["kind"]),
        bool(answers.get("language")) and not _speaks(offer, answers),
        -len(_supports(offer, answers)),
        offer["away"],
        _distance_to(offer, answers) or 0,
        offer["closed"],
        offer["slug"],
    )


def _nearest(answers: Answers, offers: Sequence[Offer]) -> set[str]:
    """The support centres with a region that no other is nearer than; none where no region was given."""
    placed = [one for one in offers if one["kind"] == "support_centre" and one["region"] != UNDISCLOSED]
    far = {one["slug"]: _distance_to(one, answers) for one in placed}
    least = min((borders for borders in far.values() if borders is not None), default=None)
    return {slug for slug, borders in far.items() if borders is not None and borders == least}


def _distance_to(offer: Offer, answers: Answers) -> int | None:
    region = next(iter(answers.get("region", ())), None)
    return None if region is None else distance(region, offer["region"])


def _speaks(offer: Offer, answers: Answers) -> bool:
    return bool(set(answers.get("language", ())) & {EVERYWHERE, *offer["languages"]})


def _supports(offer: Offer, answers: Answers) -> list[str]:
    return [one for one in offer["disability"] if one in answers.get("disability", ())]
