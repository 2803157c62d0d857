"""Writing to a real Elasticsearch that refuses, blocks, forgets or is left in the middle: nothing is lost or left."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, Elasticsearch
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from schemas.outcome import Dead, Done, Dropped, Hold
from stores.document import Document
from stores.elastic import writing
from stores.elastic.documents import quote_documents, to_document
from stores.elastic.store import ElasticStore
from stores.query import parse
from stores.store import Said

pytestmark = pytest.mark.servers

SAID = "“Send Tomahawks,” said Ann. “Talks first,” said Bob."
QUOTES = [("Send Tomahawks,", "Ann"), ("Talks first,", "Bob")]


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def _article(id: str, **fields: Any) -> WireArticle:
    return wire_article(id, SAID, said=QUOTES, **fields)


def _shorter(id: str) -> WireArticle:
    """A newer revision with one quote less."""
    return wire_article(id, SAID, said=QUOTES[:1], fetched_at=NOON + timedelta(seconds=1), revision="2")


def test_a_full_disk_holds_and_is_written_after(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.write([_article("a")])
    (index,) = elastic.months.indexes("articles")
    client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(Hold, match="blocked"):
        elastic.write([_article("a"), _article("b")])
    client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    assert elastic.write([_article("a"), _article("b")]) == [Done(), Done()]
    assert elastic.count() == 2
    assert len(elastic.quotes(Said()).quotes) == 4


def test_a_server_that_is_away_holds() -> None:
    with Elasticsearch("http://127.0.0.1:9", max_retries=0) as nobody:
        store = ElasticStore(nobody)
        with pytest.raises(Hold, match="does not answer"):
            store.write([_article("a")])
        with pytest.raises(Hold, match="does not answer"):
            store.search(parse("a", NOON))


def test_an_article_that_the_mapping_refuses_is_dead_alone(
    elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strange(article: WireArticle, searchable: Document) -> dict[str, Any]:
        return {**to_document(article, searchable), **({"n_quotes": "many"} if article.id == "bad" else {})}

    monkeypatch.setattr(writing, "to_document", strange)
    first, bad, last = elastic.write([_article("a"), _article("bad"), _article("c")])
    assert (first, last) == (Done(), Done())
    assert isinstance(bad, Dead)
    assert "n_quotes" in bad.error
    assert {hit.article.id for hit in elastic.quotes(Said()).quotes} == {"a", "c"}


def test_a_quote_that_the_mapping_refuses_makes_its_article_dead(
    elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        writing,
        "quote_documents",
        lambda article, searchable: (
            {**one, **({"number": "x"} if article.id == "bad" else {})} for one in quote_documents(article, searchable)
        ),
    )
    outcomes = elastic.write([_article("bad"), _article("b")])
    assert isinstance(outcomes[0], Dead)
    assert outcomes[1] == Done()
    assert elastic.get("bad") is None


def test_an_index_that_somebody_dropped_is_made_again(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.write([_article("a")])
    for kind in ("articles", "quotes"):
        (index,) = elastic.months.indexes(kind)
        client.indices.delete(index=index)
    with pytest.raises(Hold, match="404"):
        elastic.write([_article("b")])
    assert elastic.write([_article("b")]) == [Done()]
    assert elastic.count() == 1


@pytest.mark.parametrize("step", ["_write_quotes", "_write_articles"])
def test_a_batch_left_in_the_middle_leaves_nothing_over_when_repeated(
    elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    elastic.write([_article("a")])
    with monkeypatch.context() as broken:
        broken.setattr(writing.Writer, step, _fail)
        with pytest.raises(KeyboardInterrupt):
            elastic.write([_shorter("a")])
    assert elastic.write([_shorter("a")]) == [Done()]
    assert [hit.text for hit in elastic.quotes(Said()).quotes] == ["Send Tomahawks,"]


def _fail(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_late_older_revision_leaves_no_quotes_behind(elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch) -> None:
    elastic.write([_shorter("a")])
    # As if the newer one had been written between our look and our write.
    monkeypatch.setattr(writing.Writer, "_stored", lambda *_: {})
    assert elastic.write([_article("a")]) == [Dropped("superseded")]
    assert [hit.text for hit in elastic.quotes(Said()).quotes] == ["Send Tomahawks,"]


def test_a_request_too_large_is_cut_down_to_the_one_to_blame(
    elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server takes 100 MB; this one is made to take less."""
    bulk = Elasticsearch.bulk
    sizes: list[int] = []

    def small(self: Elasticsearch, *, operations: list[Any], **more: Any) -> Any:
        sizes.append(len(operations))
        if len(operations) > 4 or "huge" in str(operations):
            meta = ApiResponseMeta(413, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "localhost", 9200))
            raise ApiError("too large", meta, "too large")
        return bulk(self, operations=operations, **more)

    monkeypatch.setattr(Elasticsearch, "bulk", small)
    outcomes = elastic.write([wire_article(f"a{n}", "huge" if n == 3 else "small") for n in range(5)])
    assert [type(outcome) for outcome in outcomes] == [Done, Done, Done, Dead, Done]
    assert max(sizes) == 10


def test_articles_lie_in_the_index_of_the_month_they_were_first_seen_in(elastic: ElasticStore) -> None:
    elastic.write([_article("a"), _article("b", first_seen=NOON - timedelta(days=31))])
    prefix = elastic.months.names.prefix
    assert elastic.months.indexes("articles") == [f"{prefix}articles-2026.01-1", f"{prefix}articles-2026.03-1"]
    assert elastic.months.indexes("quotes") == [f"{prefix}quotes-2026.01-1", f"{prefix}quotes-2026.03-1"]
