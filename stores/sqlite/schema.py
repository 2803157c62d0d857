"""The embedded store's tables.

A row id is a time: milliseconds of first_seen since 1970, moved to the next free one where two meet. So the
newest first is the order of row ids, which SQLite reads without sorting. A quote's row id is its article's,
shifted, with room for MOST_QUOTES; the first quote has the highest, so that this order reads an article's quotes
forward. The full-text tables hold no text (content=''): they are fed terms that the analyser made, joined by spaces,
and find row ids.
"""

from stores.document import MOST_QUOTES

QUOTE_BITS = MOST_QUOTES.bit_length()


def quote_rowid(article: int, number: int) -> int:
    """The row id of an article's quote."""
    return (article << QUOTE_BITS) + MOST_QUOTES - number


def quote_place(rowid: int) -> tuple[int, int]:
    """The article's row id and the quote's number."""
    return rowid >> QUOTE_BITS, MOST_QUOTES - (rowid & (1 << QUOTE_BITS) - 1)


# The terms of one column, in the order of the columns.
ARTICLE_COLUMNS = ("title", "text", "name", "person", "organisation", "place", "product", "speaker")
QUOTE_COLUMNS = ("text", "speaker", "kind")

# Every character that a term may hold beside letters, digits and what lies beyond ASCII.
_TOKENIZER = "tokenize=\"ascii tokenchars '''.,:;_/!?#*\"\"'\""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS articles(
  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  id_folded TEXT NOT NULL, source TEXT, language TEXT, feed TEXT, story TEXT NOT NULL,
  published INTEGER, first_seen INTEGER NOT NULL, record BLOB NOT NULL, body_id INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS articles_source ON articles(source);
CREATE INDEX IF NOT EXISTS articles_language ON articles(language);
CREATE INDEX IF NOT EXISTS articles_feed ON articles(feed);
CREATE INDEX IF NOT EXISTS articles_story ON articles(story);
CREATE INDEX IF NOT EXISTS articles_id_folded ON articles(id_folded);
CREATE INDEX IF NOT EXISTS articles_published ON articles(published);
CREATE INDEX IF NOT EXISTS articles_first_seen ON articles(first_seen);
CREATE INDEX IF NOT EXISTS articles_body ON articles(body_id);
CREATE TABLE IF NOT EXISTS facets(
  article INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY(article, field, value)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS indexed(
  one INTEGER PRIMARY KEY CHECK(one = 1), generation INTEGER NOT NULL, below INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS article_terms
  USING fts5({", ".join(ARTICLE_COLUMNS)}, content='', {_TOKENIZER});
CREATE VIRTUAL TABLE IF NOT EXISTS quote_terms
  USING fts5({", ".join(QUOTE_COLUMNS)}, content='', {_TOKENIZER});
"""
