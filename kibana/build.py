"""Writes newsroom.ndjson, what Kibana imports: python kibana/build.py > kibana/newsroom.ndjson.

What there is to see is declared in newsroom.py and operations.py; the other files turn a declaration into the form
that Kibana keeps. No object has a date or a random id: the same declarations give the same bytes.
"""

import json
from collections.abc import Iterator

from newsroom import ALERTS, ARTICLES, EXAMPLES, NEWSROOM, QUOTES
from objects import Json
from operations import DASHBOARD, OPERATIONS


def objects() -> Iterator[Json]:
    """Every object, those that are referred to first."""
    for one in (ARTICLES, QUOTES, ALERTS, OPERATIONS, *EXAMPLES):
        yield one.build()
    for dashboard in (NEWSROOM, DASHBOARD):
        for row in dashboard.rows:
            for panel, _ in row.panels:
                yield panel.build()
        yield dashboard.build()


if __name__ == "__main__":
    for one in objects():
        print(json.dumps(one, sort_keys=True))
