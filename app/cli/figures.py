"""What `flask tick` does for the page of figures."""

from datetime import UTC, datetime

from app import db
from app.services import figure_counting


def count_figures() -> int:
    """Count the figures of each organisation, once an hour; give of how many organisations it was done."""
    return figure_counting.count_what_is_due(db.session(), datetime.now(UTC))
