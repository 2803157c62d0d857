"""The dashboard "Operations": what each stage does, which feeds are silent or fail, what is dead, and who is behind."""

from dashboards import Dashboard, Row
from lens import Bars, Lines, Table, highest, newest, over, top, total
from views import Search, View

OPERATIONS = View(
    "operations",
    "Operations",
    "at",
    (
        *("stage", "outcome", "reason"),
        *("feed", "title", "state", "problem", "last_new", "fails"),
        *("error", "article_id", "url"),
    ),
)

_RECORDS = total("records", "Records")

DONE = Bars(
    "done",
    "Records done, by stage",
    OPERATIONS,
    [over("at"), top("stage")],
    [_RECORDS],
    query="kind:outcomes AND outcome:done",
)
NOT_DONE = Bars(
    "not-done",
    "Dropped or dead, by reason",
    OPERATIONS,
    [over("at"), top("reason")],
    [_RECORDS],
    query="kind:outcomes AND NOT outcome:done",
)
LAG = Lines(
    "lag",
    "Records waiting, by stage",
    OPERATIONS,
    [over("at"), top("stage")],
    [highest("waiting", "Waiting")],
    query="kind:lag",
)
OUTCOMES = Table(
    "outcomes", "Outcomes of each stage", OPERATIONS, [top("stage"), top("outcome")], [_RECORDS], query="kind:outcomes"
)
FEEDS = Table(
    "feeds",
    "Feeds silent or failing",
    OPERATIONS,
    [top("feed", size=100)],
    [
        highest("at", "As of", "date"),
        newest("title", "at"),
        newest("state", "at"),
        newest("problem", "at"),
        newest("last_new", "at", "date"),
        newest("fails", "at", "number"),
        newest("error", "at"),
    ],
    query="kind:feed AND (state:silent OR state:failing)",
)
LETTERS = Search(
    "letters", "Dead letters", OPERATIONS, "kind:letter", ("stage", "reason", "error", "article_id", "url")
)

DASHBOARD = Dashboard(
    "operations",
    "Operations",
    "What each stage does, which feeds are silent or fail, what is dead, and who is behind.",
    "now-24h",
    (
        Row(12, [(DONE, 24), (NOT_DONE, 24)]),
        Row(12, [(LAG, 24), (OUTCOMES, 24)]),
        Row(15, [(FEEDS, 48)]),
        Row(15, [(LETTERS, 48)]),
    ),
)
