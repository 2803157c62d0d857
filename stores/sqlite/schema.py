"""The embedded store's tables.

A row id is a time: milliseconds of first_seen since 1970, moved to the next free one where two meet. So the
newest first is the order of row ids, which SQLite reads without sorting. A quote's row id is its article's,
shifted, with room for MOST_QUOTES; the first quote has the highest, so that this order reads an article's quotes
forward. What facets count of an article is one list of "field value", since many are read at once. The
full-text tables hold no text (content=''): they are fed terms that the analyser made, joined by spaces, and find row
ids.
"""

from collections.abc import Iterable

from stores.document import MOST_QUOTES
from stores.query.field import Kind
from stores.query.fields import NAMES, QUOTE_FIELDS, TEXTS, VALUES

QUOTE_BITS = MOST_QUOTES.bit_length()


def quote_rowid(article: int, number: int) -> int:
    """The row id of an article's quote."""
    return (article << QUOTE_BITS) + MOST_QUOTES - number


def quote_place(rowid: int) -> tuple[int, int]:
    """The article's row id and the quote's number."""
    return rowid >> QUOTE_BITS, MOST_QUOTES - (rowid & (1 << QUOTE_BITS) - 1)


# Of the full-text tables: each holds the terms of one field.
HELD = "held"
"""The column whose terms are the names of the fields that hold anything: what `field:*` asks for. Of an article it has
its exact values and its dates, too (values.py)."""
ARTICLE_COLUMNS = (*(field.name for field in (*TEXTS, *NAMES)), HELD)
QUOTE_COLUMNS = (*(field.name for field in QUOTE_FIELDS), HELD)

# Of `articles`: the fields that have a value, and its type.
VALUE_COLUMNS = {field.column: "INTEGER" if field.kind is Kind.TIME else "TEXT" for field in VALUES}

# What the views show beside: nothing is searched by it here.
SHOWN_COLUMNS = {"title": "TEXT", "url": "TEXT"}
COLUMNS = {**VALUE_COLUMNS, **SHOWN_COLUMNS}

# What full-text matches are tested by most, each article's in a fifth of the room that its row takes.
NARROW = "articles_narrow"
_NARROW_COLUMNS = ("rowid", "source", "language", "published", "first_seen")

# What is counted of quotes, without their words: of an article's, and of a speaker's by either of both.
NARROW_QUOTES = "quotes_narrow"
_NARROW_QUOTE_COLUMNS = ("rowid", "speaker", "speaker_id", "words")
BY_SPEAKER = "quotes_by_speaker"
_BY_SPEAKER_COLUMNS = ("speaker", "rowid", "speaker_id", "words")
BY_SPEAKER_ID = "quotes_by_speaker_id"
_BY_SPEAKER_ID_COLUMNS = ("speaker_id", "rowid", "speaker", "words")

# What is kept of articles in memory (columns.py) is read in portions: the articles of 19 hours, some 20,000 where many
# come in, are read in 6 ms.
PORTION_BITS = 26

# Every character that a term may hold beside letters, digits and what lies beyond ASCII.
_TOKENIZER = "tokenize=\"ascii tokenchars '''.,:;_/!?#*\"\"'\""


def quoted(name: str) -> str:
    """A column's name in SQL: a search field may be called as a word of SQL is (group, order)."""
    return f'"{name}"'


def listed(names: Iterable[str]) -> str:
    """Columns' names in SQL."""
    return ", ".join(map(quoted, names))


_VALUES = ", ".join(f"{quoted(column)} {type}" for column, type in COLUMNS.items())

TABLES = f"""
CREATE TABLE IF NOT EXISTS articles(
  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, {_VALUES},
  record BLOB NOT NULL, body_id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS counted(article INTEGER PRIMARY KEY, held TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS quotes(
  rowid INTEGER PRIMARY KEY, kind TEXT NOT NULL, speaker TEXT, speaker_text TEXT, speaker_id TEXT,
  words INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS indexed(
  one INTEGER PRIMARY KEY CHECK(one = 1), generation INTEGER NOT NULL, below INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS article_terms
  USING fts5({listed(ARTICLE_COLUMNS)}, content='', {_TOKENIZER});
CREATE VIRTUAL TABLE IF NOT EXISTS quote_terms
  USING fts5({listed(QUOTE_COLUMNS)}, content='', {_TOKENIZER});
"""

# Which portions there are, and how often what is kept of each was changed.
_CHANGED = "ON CONFLICT(number) DO UPDATE SET changes = changes + 1"
PORTIONS = (
    "CREATE TABLE portions(number INTEGER PRIMARY KEY, changes INTEGER NOT NULL)",
    *(
        f"CREATE TRIGGER articles_{event.split()[0].lower()} AFTER {event} ON articles BEGIN"
        f" INSERT INTO portions VALUES({row}.rowid >> {PORTION_BITS}, 1) {_CHANGED}; END"
        for event, row in (("INSERT", "new"), ("DELETE", "old"), ("UPDATE OF source, published, first_seen", "new"))
    ),
    # of a file that has articles already, from one portion to the next that there is
    f"""
    WITH RECURSIVE found(number) AS (
      SELECT min(rowid) >> {PORTION_BITS} FROM articles UNION ALL
      SELECT (SELECT min(rowid) FROM articles WHERE rowid >= number + 1 << {PORTION_BITS}) >> {PORTION_BITS}
      FROM found WHERE number IS NOT NULL)
    INSERT INTO portions SELECT number, 0 FROM found WHERE number IS NOT NULL
    """,
)

INDEXES = (
    # whose place and room those by both have taken
    "DROP INDEX IF EXISTS quotes_speaker; DROP INDEX IF EXISTS quotes_speaker_id;\n"
    f"CREATE INDEX IF NOT EXISTS {NARROW} ON articles({listed(_NARROW_COLUMNS)});\n"
    f"CREATE INDEX IF NOT EXISTS {NARROW_QUOTES} ON quotes({listed(_NARROW_QUOTE_COLUMNS)});\n"
    f"CREATE INDEX IF NOT EXISTS {BY_SPEAKER} ON quotes({listed(_BY_SPEAKER_COLUMNS)});\n"
    f"CREATE INDEX IF NOT EXISTS {BY_SPEAKER_ID} ON quotes({listed(_BY_SPEAKER_ID_COLUMNS)})"
    " WHERE speaker_id IS NOT NULL;\n"
    + "\n".join(
        f"CREATE INDEX IF NOT EXISTS articles_{name} ON articles({quoted(column)});"
        for name, column in {**{column: column for column in VALUE_COLUMNS}, "body": "body_id"}.items()
    )
)
