"""Views for people who open the file with SQL: in Datasette, or in the sqlite3 shell (docs/search.md).

The tables are made for the store: times in milliseconds, texts compressed. The views show what they hold by names and
times that a person reads. No code of ours reads them.
"""

from stores.sqlite.database import Database
from stores.sqlite.schema import QUOTE_BITS


def _time(column: str) -> str:
    """As "2026-03-02 12:00:00", UTC; empty where there is none."""
    return f"datetime({column} / 1000, 'unixepoch')"


_OF_QUOTE = f"JOIN articles a ON a.rowid = q.rowid >> {QUOTE_BITS}"
_WHERE = f"a.title, a.source, {_time('a.published')} AS published, a.id AS article_id"

VIEWS = {
    "news": (
        f"SELECT id, title, source, url, {_time('published')} AS published, {_time('first_seen')} AS first_seen,"
        " language, story AS story_id FROM articles"
    ),
    "said": (
        f"SELECT q.speaker, q.text AS words, q.kind, q.speaker_text, q.speaker_id, {_WHERE} FROM quotes q {_OF_QUOTE}"
    ),
    "named": (
        "SELECT substr(one.value, instr(one.value, ' ') + 1) AS name,"
        f" substr(one.value, 1, instr(one.value, ' ') - 1) AS kind, {_WHERE}"
        " FROM counted c JOIN json_each(c.held) one JOIN articles a ON a.rowid = c.article"
        " WHERE one.value NOT LIKE 'source %' AND one.value NOT LIKE 'language %'"
    ),
    "speakers": (
        "SELECT q.speaker, count(*) AS quotes, count(DISTINCT a.id) AS articles, count(DISTINCT a.source) AS sources,"
        f" sum(q.words) AS words, {_time('min(a.published)')} AS first, {_time('max(a.published)')} AS last"
        f" FROM quotes q {_OF_QUOTE} WHERE q.speaker IS NOT NULL GROUP BY q.speaker"
    ),
    "story_list": (
        "SELECT story AS story_id, min(title) AS title, count(*) AS articles, count(DISTINCT source) AS sources,"
        f" {_time('min(published)')} AS first, {_time('max(published)')} AS last FROM articles GROUP BY story"
    ),
    "changed": (
        f"SELECT {_time('r.replaced_at')} AS changed, a.title, a.source, a.url, r.article_id, r.revision"
        " FROM revisions r JOIN articles a ON a.id = r.article_id"
    ),
}
"""Name -> what it selects."""


def create(database: Database) -> None:
    """Make the views, or make those anew that an earlier version made otherwise."""
    wanted = {name: f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items()}
    known = dict(database.read.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
    for name, sql in wanted.items():
        if known.get(name) != sql:
            with database.write() as connection:
                connection.execute(f"DROP VIEW IF EXISTS {name}")
                connection.execute(sql)
