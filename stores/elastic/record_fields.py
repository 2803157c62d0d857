"""How Elasticsearch keeps the fields of a record that are no search fields: shown, counted by Kibana, or only stored.

stores/elastic/mapping.py adds the search fields. tests/stores/test_elastic_mapping.py holds that none is missing.
"""

from typing import Any

from stores.analysis.languages import OWN

Property = dict[str, Any]

# Four bytes a character at most: under the 32,766 bytes that Lucene's longest term may have.
EXACT: Property = {"type": "keyword", "ignore_above": 1024}
VALUE: Property = {**EXACT, "normalizer": "lower"}
"""An exact value, capitals aside."""
TEXT: Property = {"type": "text", "analyzer": "news_text"}
TITLE: Property = {**TEXT, "fields": {"keyword": {"type": "keyword", "ignore_above": 256}}}
"""Running text that can be listed and counted as a whole."""


def own_field(field: str, language: str) -> str:
    """Running text as the analyser of a language (stores/analysis/languages.py) reads it: filled in its articles."""
    return f"{field}_{language}"


def own_fields(field: str) -> dict[str, Property]:
    """All of them, by name. They are searched and not kept: the text itself is."""
    return {own_field(field, language): {"type": "text", "analyzer": f"news_{language}"} for language in OWN}


NAME: Property = {"type": "text", "analyzer": "news_names", "norms": False}
TIME: Property = {"type": "date", "format": "strict_date_optional_time"}
NUMBER: Property = {"type": "integer"}
FLAG: Property = {"type": "boolean"}
PLACE: Property = {"type": "geo_point"}
# Kept in the document only.
_NUMBER_KEPT: Property = {"type": "integer", "index": False, "doc_values": False}
_OBJECT_KEPT: Property = {"type": "object", "enabled": False}

_SPEAKER: Property = {
    "dynamic": "strict",
    "properties": {
        "start": _NUMBER_KEPT,
        "end": _NUMBER_KEPT,
        "text": NAME,
        "name": NAME,
        "id": EXACT,
    },
}
_QUOTES: Property = {
    "type": "nested",
    "dynamic": "strict",
    "properties": {
        "start": _NUMBER_KEPT,
        "end": _NUMBER_KEPT,
        "kind": VALUE,
        "factuality": VALUE,
        "cue": _OBJECT_KEPT,
        "group": _NUMBER_KEPT,
        "speaker": _SPEAKER,
        "text": TEXT,
        **own_fields("text"),
        # All that the speaker is found by: the canonical name, the words used, aliases.
        "called": NAME,
    },
}

_ARTICLE: dict[str, Property] = {
    "revision": EXACT,
    "url": EXACT,
    "authors": EXACT,
    "tags": EXACT,
    "published_flag": EXACT,
    "updated": TIME,
    "fetched_at": TIME,
    "original": {"type": "text", "index": False},
    "repairs": NUMBER,
    "truncated": FLAG,
    "entities": _OBJECT_KEPT,
    "quotes": _QUOTES,
    "unsaid": _OBJECT_KEPT,
    # Found by `name`; Kibana may count them.
    "names": {**EXACT, "index": False},
    "signature": {"type": "keyword", "index": False, "doc_values": False},
    "model": EXACT,
    "generation": {"type": "byte"},
    "notes": EXACT,
    "silent": FLAG,
    "location": PLACE,
    "n_quotes": NUMBER,
}
_QUOTE: dict[str, Property] = {
    "article_id": VALUE,
    "number": NUMBER,
    "revision": EXACT,
    "text": TEXT,
    **own_fields("text"),
    "kind": VALUE,
    "factuality": VALUE,
    "words": NUMBER,
    "speaker": NAME,
    "speaker_name": EXACT,
    "speaker_id": EXACT,
    "speakers": EXACT,
    "url": EXACT,
    "location": PLACE,
}
_ALERT: dict[str, Property] = {
    "id": EXACT,
    "subscription": EXACT,
    "subscription_name": EXACT,
    "query": EXACT,
    "matched_part": EXACT,
    "status": EXACT,
    "channels": EXACT,
    "waiting_for": EXACT,
    "problem": TITLE,
    "due": TIME,
    "told_at": TIME,
    "at": TIME,
    "matched_at": TIME,
    "article_id": EXACT,
    "story_id": VALUE,
    "title": TITLE,
    "url": EXACT,
    "source": VALUE,
    "feed": VALUE,
    "speakers": EXACT,
    "why": TEXT,
    "published": TIME,
    "first_seen": TIME,
    "revision": EXACT,
}
_REVISION: dict[str, Property] = {
    "article_id": VALUE,
    "revision": EXACT,
    "first_seen": TIME,
    "replaced_at": TIME,
    "record": _OBJECT_KEPT,
}
_OPERATION: dict[str, Property] = {
    "kind": EXACT,
    "at": TIME,
    "stage": EXACT,
    "outcome": EXACT,
    "reason": EXACT,
    "records": NUMBER,
    "waiting": {"type": "long"},
    "feed": VALUE,
    "title": TITLE,
    "state": EXACT,
    "problem": TITLE,
    "last_new": TIME,
    "fails": NUMBER,
    # One line of what a worker says, cut at 300 characters.
    "error": {**TEXT, "fields": {"keyword": {"type": "keyword", "ignore_above": 300}}},
    "article_id": EXACT,
    "url": EXACT,
}

RECORDS = {"articles": _ARTICLE, "quotes": _QUOTE, "revisions": _REVISION, "alerts": _ALERT, "operations": _OPERATION}
"""By the kind of index."""
