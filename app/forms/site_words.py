"""Words of tables that staff save and load, in both languages: a table may come from somebody who works in another."""

from typing import Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.domain.vocabulary import LANGUAGES
from app.forms.labels import label_texts

ENUMS: Final = ("site_kinds", "registrations", "effort_kinds", "roles", "recheck_answers")
SITE_COLUMNS: Final = {
    "domain": _l("Domain"),
    "service": _l("Kind of service"),
    "operator": _l("Operator"),
    "abuse": _l("Abuse contact"),
    "jurisdiction": _l("Law that applies"),
    "hosting": _l("Country of the server"),
    "registration": _l("Registration"),
    "breaches": _l("Duties not met"),
    "last_answer": _l("Last answer"),
    "last_answer_on": _l("Day of the last answer"),
    "note": _l("Internal note"),
}


def table_words() -> dict[str, dict[str, dict[str, str]]]:
    """Give, for each language, the labels of the enums that stand in tables, and the names of the columns."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            columns = {name: str(label) for name, label in SITE_COLUMNS.items()}
            found[language] = label_texts(*ENUMS) | {"site_columns": columns}
    return found
