"""Five people who report, as a counsellor would write them down: what each ticks, types, chooses, and is not asked.

Ids are those of the fields, which the form with scripts and the one without have in common.
"""

from dataclasses import dataclass, field

CENTRE, COMMISSION, POLICE = "demo-centre", "demo-commission", "demo-police"
DESKS = {CENTRE: "support_centre", COMMISSION: "commission", POLICE: "police"}


@dataclass(frozen=True)
class Case:
    """`words` are typed in the page's language; `readers` may read what is typed in a part of it."""

    name: str
    ticks: tuple[str, ...]
    chosen: dict[str, tuple[str, ...]]
    addresses: tuple[str, ...] = ()
    around: dict[str, str] = field(default_factory=dict)  # a chat message that the addresses stand in
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    picks: dict[str, str] = field(default_factory=dict)
    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: tuple[str, ...] = ()  # notes that must stand there at once
    never_asked: tuple[str, ...] = ()
    urgent: bool = False

    def typed(self, language):
        """What is typed, by the id of its field."""
        return {name: words[language] for name, words in self.words.items()}

    def pasted(self, language):
        return f"{self.around.get(language, '')}\n" + "\n".join(self.addresses) if self.addresses else ""


FILMED = Case(
    name="filmed",
    ticks=(
        "danger-no",
        "spread_now-spreading",
        "harm-filming",
        "harm-distribution",
        "material-illegally_filmed",
        "role-victim",
        "age_group-19_or_over",
        "wishes-delete",
        "wishes-block",
    ),
    addresses=tuple(f"https://board-{number % 7}.example/view/{number}" for number in range(30)),
    around={
        "ko": "친구가 보내 준 대화예요. 여기 다 있대요:",
        "en": "This is the chat my friend sent me. It is all here:",
    },
    words={
        "account_events": {
            "ko": "화장실에서 찍힌 것 같아요. 저는 몰랐어요.",
            "en": "It seems to be from a toilet. I did not know of it.",
        }
    },
    chosen={CENTRE: ("purposes-deletion",), COMMISSION: ("purposes-review",)},
    readers={"account": (CENTRE,)},
    said=("spreading",),
)
THREATENED = Case(
    name="threatened",
    ticks=(
        "danger-no",
        "threat_kinds-share",
        "threat_kinds-money",
        "threat_ongoing-yes",
        "harm-synthesis",
        "material-deepfake",
        "role-victim",
        "age_group-14_to_18",
        "wishes-investigate",
        "wishes-counsel",
    ),
    words={
        "threat_deadline": {
            "ko": "오늘 밤 열 시까지",
            "en": "by ten tonight",
        },
        "sentence": {
            "ko": "얼굴을 합성한 사진을 학교에 뿌린대요",
            "en": "He says he will send a fake picture to my school",
        },
        "account_events": {
            "ko": "돈을 보내라고 해요. 부모님께는 아직 말 못 했어요.",
            "en": "He wants money. I have not told my parents yet.",
        },
    },
    chosen={CENTRE: ("purposes-counselling",), POLICE: ("purposes-police",)},
    readers={"account": (CENTRE, POLICE)},
    said=("threatened", "money", "deadline", "under_19"),
    urgent=True,
)
MOTHER = Case(
    name="mother",
    ticks=("role-lineal_relative", "age_group-14_to_18", "harm-grooming", "wishes-counsel", "channel-phone"),
    words={
        "sentence": {
            "ko": "딸의 사진이 단체방에 있다고 들었어요",
            "en": "I heard that pictures of my daughter are in a group chat",
        },
        "contact_address": {
            "ko": "010-0000-0000",
            "en": "010-0000-0000",
        },
        "safe_hours": {
            "ko": "평일 낮 열두 시에서 한 시",
            "en": "weekdays from noon to one",
        },
        "avoid": {
            "ko": "딸이 받으면 끊어 주세요",
            "en": "hang up if my daughter answers",
        },
    },
    chosen={CENTRE: ("purposes-counselling",)},
    readers={"contact": (CENTRE,)},
    said=("for_somebody",),
)
THIRD = Case(
    name="third",
    ticks=("role-third_party", "material-deepfake", "wishes-block"),
    addresses=("https://t.me/+AbCdEfGhIjKlMnOp",),
    words={
        "account_seen": {
            "ko": "여러 사람의 사진을 돌려 보는 방이에요",
            "en": "It is a room where pictures of many people go round",
        }
    },
    chosen={CENTRE: (), COMMISSION: ("purposes-review",), POLICE: ("purposes-police",)},
    readers={"account": (POLICE,)},
    said=("third_party",),
    never_asked=("account_events", "account_worry", "relation", "age_group", "channel"),
)
SHELTER = Case(
    name="shelter",
    ticks=(
        "role-organisation",
        "proxy-yes",
        "age_group-19_or_over",
        "harm-distribution",
        "harm-threat",
        "threat_kinds-share",
        "wishes-delete",
        "wishes-counsel",
    ),
    addresses=("https://board.example/view/1", "https://mirror.example/view/2"),
    words={
        "account_note": {
            "ko": "쉼터에 계십니다. 통역이 필요합니다.",
            "en": "She lives in our shelter and needs an interpreter.",
        }
    },
    picks={"language": "vi", "region": "gyeonggi"},
    chosen={CENTRE: ("purposes-deletion", "purposes-counselling")},
    readers={"account": (CENTRE,)},
    said=("for_somebody",),
)
CASES = (FILMED, THREATENED, MOTHER, THIRD, SHELTER)
