"""The proof that a search field is one row in one table: rows are added there, and are found everywhere.

Beside the table (stores/query/fields.py) only the number of Elasticsearch's mapping is raised, so that what an older
wirewatch made is built anew.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from edited_modules import edited
from elasticsearch import Elasticsearch
from wire_articles import NOON, entity, wire_article

from schemas.alert import Subscription
from schemas.outcome import Done, Hold
from stores.elastic.store import ElasticStore as EarlierElastic
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore as Earlier

ROWS = """
    NameField("author", "who wrote it", of=lambda article: article.authors, facet=True),
    _entities("group", "a group of people that is named", "group"),
    TextField("note", "what was not done and why", of=lambda article: " ".join(article.notes)),
    KeywordField("reader", "the model that read it", of=lambda article: article.model, record="model", facet=True),
    KeywordField("length", "long or short", of=lambda article: "LONG" if len(article.text) > 50 else "short"),
    TimeField("updated", "when the publisher changed it", of=lambda article: article.updated, aliases=("changed",)),
"""
EDITS = {
    "stores.query.fields": lambda source: re.sub(r"^FIELDS.*\($", lambda opened: opened[0] + ROWS, source, flags=re.M),
    "stores.elastic.mapping": lambda source: re.sub(
        r"^GENERATION = (\d+)$", lambda number: f"GENERATION = {int(number[1]) + 1}", source, flags=re.M
    ),
}

TEXT = "Quakers met in the town hall of Leeds and talked of missiles for hours."
ARTICLES = [
    wire_article(
        "a",
        TEXT,
        entities=(entity(TEXT, "group", "Quakers", "Society of Friends"),),
        authors=("Zoë O’Neill", "Ann Lee"),
        notes=("The body was cut.",),
        model="Large-1",
        updated=NOON - timedelta(days=1),
    ),
    wire_article("b", "It rained.", authors=("Ann Lee",), model="small-1"),
    wire_article("c", "Zoë O’Neill was seen.", people=["Zoë O’Neill"], first_seen=NOON + timedelta(seconds=1)),
]
FOUND = {
    'author:"zoe o\'neill"': {"a"},
    "author:lee AND NOT author:zoe": {"b"},
    "author:zo*": {"a"},
    "zoe": {"c"},
    "group:quakers": {"a"},
    'group:"society of friends" OR reader:small*': {"a", "b"},
    "note:cutting": {"a"},
    "note:bod*": {"a"},
    '"body cut"~2': set(),
    'note:"cut body"~2': {"a"},
    "reader:large-1": {"a"},
    "NOT (reader:l* OR reader:s*)": {"c"},
    "length:long": {"a"},
    "updated:2026-03-01": {"a"},
    "NOT changed:[* TO now]": {"b", "c"},
}
FACETS = {
    "author": (("Ann Lee", 2), ("Zoë O’Neill", 1)),
    "group": (("Society of Friends", 1),),
    "reader": (("large-1", 1), ("small-1", 1)),
}

Import = Callable[[str], Any]


@pytest.fixture
def new() -> Iterator[Callable[[str], ModuleType]]:
    """The program with the rows: imports a module of it."""
    with edited(EDITS, ("stores", "alerts")) as imported:
        yield imported


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.servers)])
def store(request: pytest.FixtureRequest, new: Import, tmp_path: Path) -> Iterator[Any]:
    """Each store of that program, with the articles."""
    if request.param == "embedded":
        database = new("stores.sqlite.database").Database(tmp_path / "new.db")
        opened = new("stores.sqlite.store").EmbeddedStore(database)
    else:
        client = Elasticsearch(request.getfixturevalue("elasticsearch_url"))
        opened = _elastic(new, client, f"new-{uuid4().hex[:8]}-")
    assert opened.write(ARTICLES) == [Done()] * len(ARTICLES)
    yield opened
    if request.param == "elastic":
        _drop(opened)
    opened.close()


def _elastic(imported: Import, client: Elasticsearch, prefix: str) -> Any:
    return imported("stores.elastic.store").ElasticStore(client, prefix=prefix, refresh=True)


def _drop(store: Any) -> None:
    for kind in ("articles", "quotes"):
        for index in store.months.indexes(kind):
            store.months.client.indices.delete(index=index)
    store.months.client.indices.delete_index_template(name=f"{store.months.names.prefix}*")


def _asked(new: Import, store: Any) -> dict[str, set[str]]:
    parse = new("stores.query").parse
    return {query: {article.id for article in store.search(parse(query, NOON)).articles} for query in FOUND}


def test_a_store_finds_and_counts_it(new: Import, store: Any) -> None:
    assert _asked(new, store) == FOUND
    everything = store.search(new("stores.query").parse("*", NOON), limit=0, facets=tuple(FACETS))
    assert everything.facets == FACETS
    assert {id: store.get(id) for id in "abc"} == {article.id: article for article in ARTICLES}
    assert set(FACETS) < set(new("stores.store").FACETS)


def test_alerts_are_made_on_it(new: Import) -> None:
    asked = {str(number): query for number, query in enumerate(FOUND)}
    held = {id: Subscription(id=id, name=id, query=query) for id, query in asked.items()}
    step = new("alerts.match").MatchStep(lambda: held, lambda: NOON)
    met: dict[str, set[str]] = {query: set() for query in FOUND}
    for article, outcome in zip(ARTICLES, step(ARTICLES), strict=True):
        for output in getattr(outcome, "outputs", ()):
            met[asked[output.record.subscription]].add(article.id)
    assert met == FOUND


def test_the_error_of_a_query_names_it(new: Import) -> None:
    query = new("stores.query")
    with pytest.raises(
        query.QueryError, match=r"no field “autor:”, did you mean “author:”.* one of author, group, note,"
    ):
        query.parse("autor:lee", NOON)
    with pytest.raises(query.QueryError, match="has no ranges"):
        query.parse("length:[a TO b]", NOON)


def test_the_docs_and_the_mapping_have_it(new: Import) -> None:
    export = new("stores.export")
    page = export.documents()[export.PAGE]
    assert "\n| `author:` | | who wrote it | name | yes |\n" in page
    assert "\n| `updated:` | `changed:` | when the publisher changed it | time | |\n" in page
    articles, quotes = (new("stores.elastic.mapping").mapping(name)["properties"] for name in ("articles", "quotes"))
    for properties in (articles, quotes):
        assert properties["author"] == properties["person"]
        assert properties["groups"] == properties["places"]
        assert properties["reader"] == {"type": "alias", "path": "model"}
        assert properties["changed"] == {"type": "alias", "path": "updated"}


def test_a_file_of_before_is_found_in_by_it(new: Import, tmp_path: Path) -> None:
    file = tmp_path / "before.db"
    earlier = Earlier(Database(file))
    earlier.write(ARTICLES)
    earlier.close()
    for _ in range(2):
        store = new("stores.sqlite.store").EmbeddedStore(new("stores.sqlite.database").Database(file))
        assert _asked(new, store) == FOUND
        assert store.forget("b")
        assert store.write([ARTICLES[1]]) == [Done()]
        assert _asked(new, store) == FOUND
        store.close()
    back = Earlier(Database(file))  # the program of before again: what it knows is found, and is written
    assert [one.id for one in back.search(parse("zoe", NOON)).articles] == ["c"]
    assert back.write([wire_article("d", "Hail.")]) == [Done()]
    assert [one.id for one in back.search(parse("hail", NOON)).articles] == ["d"]
    back.close()


@pytest.mark.servers
def test_indexes_of_before_are_built_anew_for_it(new: Import, elasticsearch_url: str) -> None:
    prefix = f"new-{uuid4().hex[:8]}-"
    with Elasticsearch(elasticsearch_url) as client:
        earlier = EarlierElastic(client, prefix=prefix, refresh=True)
        earlier.write(ARTICLES)
        store = _elastic(new, client, prefix)
        with pytest.raises(Hold, match="wirewatch index upgrade"):
            store.write(ARTICLES)
        assert store.upgrade() == f"1 months built anew, {len(ARTICLES)} articles"
        assert _asked(new, store) == FOUND
        assert store.write(ARTICLES) == [Done()] * len(ARTICLES)
        _drop(store)
