"""The tables of the local log and of the state of its compacted topics, in SQLite."""

from schemas.ledger import FETCH
from schemas.topics import DELIVERIES, STORIES

# Topics whose records leave with their articles: the day of each, by which they are found.
AGING = f"topic IN ('{STORIES.name}', '{DELIVERIES.name}')"
MOMENT = (
    f"julianday(coalesce(json_extract(record, '$.{STORIES.moment}'), json_extract(record, '$.{DELIVERIES.moment}')))"
)
# Outcomes that are found by their time: an article's others leave with its fetch, an alert's with its telling. What has
# neither was dropped, or died. An index of all would take a third of the file.
BEGUN = f"(stage='{FETCH}' OR outcome<>'done')"
# Whom a telling quotes: asked when an article is forgotten.
QUOTED = "json_extract(record, '$.alert.article_id')"
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS log(
  topic TEXT NOT NULL, offset INTEGER NOT NULL, id TEXT, record TEXT NOT NULL, body_id INTEGER, at TEXT NOT NULL,
  PRIMARY KEY(topic, offset)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS log_id ON log(id);
CREATE INDEX IF NOT EXISTS log_body ON log(body_id) WHERE body_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS head(topic TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS position(stage TEXT PRIMARY KEY, topic TEXT NOT NULL, next INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state(topic TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY(topic, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outcomes(
  id TEXT, stage TEXT, revision TEXT, outcome TEXT NOT NULL, reason TEXT, at TEXT NOT NULL,
  PRIMARY KEY(id, stage, revision)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outcomes_begun ON outcomes(at) WHERE {BEGUN};
CREATE INDEX IF NOT EXISTS state_moment ON state(topic, {MOMENT}) WHERE {AGING};
CREATE INDEX IF NOT EXISTS state_quoted ON state({QUOTED}) WHERE topic='{DELIVERIES.name}';
"""
# Files of before have the forgotten ids in a table of their own. It is left as it is, for a process of before may
# still be using it.
MIGRATION = "INSERT OR IGNORE INTO state SELECT 'forgotten', id, json_object('id', id, 'at', at) FROM forgotten"
