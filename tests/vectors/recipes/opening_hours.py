"""Vectors of opening hours: how they are written, and how long it takes until somebody is there."""

from tests.vectors.recipe import VectorFile

WEEK = 7 * 24 * 60
WEEKDAYS = "Mo,Tu,We,Th,Fr 09:00-18:00"
HOURS = (
    ("weekdays", WEEKDAYS),
    ("weekdays but for lunch, and Saturday", "Mo,Tu,We,Th,Fr 09:00-12:00; Mo,Tu,We,Th,Fr 13:00-18:30; Sa 10:00-15:00"),
    ("day and night", "Mo,Tu,We,Th,Fr,Sa,Su 00:00-24:00"),
    ("a night that goes over into Monday", "Su 22:00-06:00"),
    ("from a time until the same day's end", "We 20:00-24:00"),
    ("from noon until a minute before noon", "Tu 12:00-11:59"),
)
NONE = (
    ("a space", " "),
    ("days by themselves", "Mo"),
    ("no such day", "Mon 09:00-18:00"),
    ("days out of their order", "Tu,Mo 09:00-18:00"),
    ("a day twice", "Mo,Mo 09:00-18:00"),
    ("a range of days", "Mo-Fr 09:00-18:00"),
    ("no such time", "Mo 09:60-18:00"),
    ("a time after the day's end", "Mo 09:00-24:30"),
    ("a day that begins at its end", "Mo 24:00-10:00"),
    ("until the first minute of a day, which is its end", "Mo 09:00-00:00"),
    ("no time between", "Mo 09:00-09:00"),
    ("an hour of one digit", "Mo 9:00-18:00"),
    ("a dash that is none", "Mo 09:00–18:00"),
    ("digits that are none", "Mo ０9:00-18:00"),
    ("a line feed after it", "Mo 09:00-18:00\n"),
    ("a semicolon after it", "Mo 09:00-18:00;"),
    ("no space after a semicolon", "Mo 09:00-18:00;Tu 09:00-18:00"),
    ("more lines than there may be", "; ".join([WEEKDAYS] * 11)),
)


def opening_file(*, reseal):
    """Opening hours, and minutes of a week, from Monday's midnight in Korea."""
    file = VectorFile("opening_hours", "Opening hours as schema.org writes them, in Korea's time.", reseal=reseal)
    file.valid("nothing is said", "parse", text="", output=[])
    file.valid("as many lines as there may be", "parse", text="; ".join([WEEKDAYS] * 10))
    for comment, text in HOURS:
        file.valid(comment, "parse", text=text)
    for comment, text in NONE:
        file.invalid(comment, "parse", text=text, names="opening")
        file.invalid(comment, "minutes_until_open", text=text, minute=0, names="opening")
    for minute in (0, 5, 540, 1439, 1440):
        file.valid("minutes as a clock shows them", "clock", minute=minute)
    file.valid("nothing is said", "minutes_until_open", text="", minute=0, output=None)
    for comment, text in HOURS:
        for minute in (0, 359, 360, 539, 540, 719, 720, 1079, 1080, 1439, 3 * 1440 - 1, 3 * 1440, WEEK - 1):
            file.valid(comment, "minutes_until_open", text=text, minute=minute)
    return file
