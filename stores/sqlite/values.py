"""Exact values and dates as terms of the full-text table, so that it decides about them together with words.

A value is one term: its field, ":", and the value with every sign but ASCII letters, digits and "." as _hex_. A host is
there with each domain that it lies under, a date by its day and its month (UTC). Knows no query and no table.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from stores.document import Document
from stores.query.fields import KEYWORDS, TIMES
from stores.query.hosts import domains

# A longer stretch holds so many articles that each match is tested as fast: FTS5 looks at every term of an OR for each.
MOST_DAYS = 100
_SIGN = re.compile(r"[^a-z0-9.]")
_DAY = timedelta(days=1)


def value_terms(document: Document) -> Iterator[str]:
    """The terms of a document's exact values and dates."""
    for keyword in KEYWORDS:
        value = document.keywords[keyword.name]
        if value:
            yield from (value_term(keyword.name, one) for one in (domains(value) if keyword.host else (value,)))
    for time in TIMES:
        moment = document.times[time.name]
        if moment is not None:
            day = moment.astimezone(UTC).date()
            yield from (_month(time.name, day), _of_day(time.name, day))


def value_term(field: str, value: str) -> str:
    """The term of a value in lower case, or of a domain that hosts lie under."""
    return f"{field}:{_SIGN.sub(lambda sign: f'_{ord(sign[0]):x}_', value)}"


def time_terms(field: str, start: datetime, end: datetime) -> tuple[list[str], bool] | None:
    """The months and days from `start` up to `end`, and whether they are just this stretch; None: it is too long."""
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    if not timedelta() < last - first <= MOST_DAYS * _DAY:
        return None
    exact = first.time() == last.time() == datetime.min.time()
    # the last day that anything of the stretch lies in
    return list(_between(field, first.date(), (last - timedelta(microseconds=1)).date())), exact


def _between(field: str, day: date, last: date) -> Iterator[str]:
    while True:
        end_of_month = day.replace(day=monthrange(day.year, day.month)[1])
        if day.day == 1 and end_of_month <= last:
            yield _month(field, day)
            day = end_of_month
        else:
            yield _of_day(field, day)
        if day == last:
            return
        day += _DAY


def _month(field: str, day: date) -> str:
    return f"{field}:{day:%Y%m}"


def _of_day(field: str, day: date) -> str:
    return f"{field}:{day:%Y%m%d}"
