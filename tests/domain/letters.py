"""Letters for properties: any that the format allows."""

from hypothesis import strategies as st

from app.domain import vocabulary as words
from app.domain.wire import b64u_encode

ids = st.binary(min_size=16, max_size=16).map(b64u_encode)
keys = st.binary(min_size=32, max_size=32).map(b64u_encode)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
days = st.dates().map(lambda day: day.isoformat())
rough = st.one_of(st.just("undisclosed"), days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))


def one(of):
    return st.sampled_from(of)


def several(of):
    return st.lists(st.sampled_from(of), unique=True)


items = st.lists(
    st.fixed_dictionaries(
        {
            "id": ids, "url": st.none() | texts.filter(bool), "kind": one(words.LINK_KINDS), "place": texts,
            "poster": texts, "title_keywords": texts, "commercial": one(words.COMMERCIAL), "first_seen": rough,
            "last_seen": rough, "posted": rough, "spread": one(words.SPREAD),
        }
    ),
    max_size=3,
    unique_by=lambda item: item["id"],
)  # fmt: skip
consents = st.fixed_dictionaries(
    {"purposes": several(words.PURPOSES), "pass_on": several(words.ORGANISATION_KINDS)},
)
letters = st.fixed_dictionaries(
    {
        "v": st.just(1), "report_id": ids, "lang": one(words.LANGUAGES),
        "reporter": st.fixed_dictionaries({
            "role": one(words.REPORTER_ROLES), "age_group": one(words.AGE_GROUPS), "proxy": one(words.YES_NO),
            "relation": one(words.RELATIONS),
        }),
        "items": items, "harm": several(words.HARMS), "material": several(words.MATERIALS),
        "threat": st.fixed_dictionaries({
            "kinds": several(words.THREAT_KINDS), "ongoing": one(words.YES_NO), "deadline": texts,
        }),
        "identity_leak": several(words.IDENTITY_LEAKS), "incident_place": texts,
        "prior": st.lists(
            st.fixed_dictionaries({"kind": one(words.PRIOR_KINDS), "reference": texts}), max_size=2,
        ),
        "help": st.fixed_dictionaries({
            "language": one(words.HELP_LANGUAGES), "disability": several(words.DISABILITY_SUPPORT),
            "danger": one(words.YES_NO), "region": one(words.REGIONS),
        }),
        "wishes": several(words.WISHES), "consent": consents,
        "account": st.none() | st.fixed_dictionaries({"text": texts}),
        "offender": st.none() | st.fixed_dictionaries({
            "name": texts, "handles": st.lists(texts.filter(bool), max_size=2), "text": texts,
        }),
        "contact": st.none() | st.fixed_dictionaries({
            "channel": one(words.CONTACT_CHANNELS), "address": texts, "safe_hours": texts, "avoid": texts,
        }),
        "reply_key": keys, "log_key": keys,
    }
)  # fmt: skip
