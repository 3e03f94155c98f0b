"""Figures of the own organisation, taking them along, and making months of them public."""

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.suppression import LEAST
from app.errors import UnsupportedType
from app.forms import figure_tables, figure_words
from app.forms.figure_tables import Table
from app.forms.figures import HEIGHT, LONG, WIDTH, figures_csv, public_sections, sections
from app.forms.labels import label_texts
from app.headers import with_worker
from app.i18n import language
from app.limits import limited
from app.services import figure_reading, organisation, statistics
from app.services.figure_reading import Figures
from app.services.signed_in import SignedIn

blueprint = Blueprint("figures", __name__, url_prefix="/figures")

DRAWN = {"width": WIDTH, "height": HEIGHT, "long": LONG}
DONE = ("published", "taken_back", "changed")


@blueprint.get("")
@limited("staff")
@access("viewer")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    period = figure_reading.period_of(request.args.get("weeks", ""), request.args.get("until", ""), datetime.now(UTC))
    found = figure_reading.read(db.session(), caseworker, period)
    shown = render_template(
        "figures/figures.html",
        figures=found,
        of_weeks=sections(found.totals),
        of_now={section.total: section for section in sections(found.current)},
        by_week=figure_tables.weeks(found.totals["received"], found.totals["closed"]),
        tables={table.total: table for table in _tables(found)},
        days_words=figure_tables.days_words,
        weeks=figure_reading.WEEKS,
        reasons=figure_words.REASONS,
        least=LEAST,
        drawn=DRAWN,
        labels=label_texts("harms", "materials", "reporter_roles", "age_groups", "threat_kinds", "spread", "wishes"),
    )
    return with_worker(make_response(shown))


@blueprint.post("/export")
@limited("staff")
@access("viewer")
def export(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    now, asked = datetime.now(UTC), request.form
    period = figure_reading.period_of(asked.get("weeks", ""), asked.get("until", ""), now)
    found = figure_reading.export(db.session(), caseworker, period, asked.get("reason", ""), now)
    table = figures_csv([*sections(found.totals), *sections(found.current)], _tables(found))
    name = f"figures-{caseworker.slug}-{period.first.isoformat()}-{period.weeks}.csv"
    answer = Response(table, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/publication")
@limited("staff")
@access("lead")
def preview(caseworker: SignedIn) -> ResponseReturnValue:
    seen = statistics.preview(db.session(), caseworker, datetime.now(UTC))
    done = request.args.get("done", "")
    return render_template(
        "figures/publication.html",
        seen=seen,
        months=[(one.month, public_sections(one)) for one in seen.months],
        least=LEAST,
        done=done if done in DONE else "",
    )


@blueprint.post("/publication")
@limited("staff")
@access("lead")
def publish(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    published = statistics.publish(db.session(), caseworker, request.form.get("digest", ""), datetime.now(UTC))
    return redirect(url_for("figures.preview", done="published" if published else "changed"), 303)


@blueprint.post("/publication/taking-back")
@limited("staff")
@access("lead")
def take_back(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    statistics.take_back(db.session(), caseworker, datetime.now(UTC))
    return redirect(url_for("figures.preview", done="taken_back"), 303)


def _tables(found: Figures) -> tuple[Table, ...]:
    crossed, current = found.crossed, found.current
    return (
        figure_tables.open_table(current["open"], crossed["open"]),
        figure_tables.links_table(current["links"], crossed["links"]),
        figure_tables.receivers_table(current["passed_on"], crossed["passed_on"], _names(crossed["passed_on"])),
    )


def _names(slugs: Iterable[str]) -> dict[str, str]:
    named = organisation.names(db.session(), tuple(slugs))
    return {slug: name.ko if language() == "ko" else name.en for slug, name in named.items()}


def _must_be_form() -> None:
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType
