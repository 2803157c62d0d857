"""The three engines find the same articles for 2,000 generated queries in languages with an analyser of their own.

What each must find is said plainly by tests/support/meaning.py, whose terms are held to Elasticsearch's own below.
"""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from elasticsearch import Elasticsearch
from generated_languages import WORDS, article, queries
from hypothesis import HealthCheck, Phase, assume, given, settings
from meaning import Subject, matches
from wire_articles import NOON

from alerts.article_terms import ArticleTerms
from alerts.percolator import Percolator
from schemas.article import WireArticle
from stores.analysis.languages import OWN, analyse_in, marked, own_language, own_terms
from stores.analysis.settings import ANALYSIS
from stores.analysis.tokens import chunks_of
from stores.document import document
from stores.elastic.dsl import query_dsl
from stores.elastic.store import ElasticStore
from stores.query import Query, QueryError, parse
from stores.sqlite.store import EmbeddedStore

QUERIES = 2_000
_NOT_ASKED = ("no letter and no digit", "is more than one word")
_RANDOM = Random(20261127)
ARTICLES = [article(number, _RANDOM) for number in range(240)]
SUBJECTS = [(one.id, Subject.of(one)) for one in ARTICLES]


def _asked() -> list[Query]:
    """One fixed set, so that a query which fails fails again."""
    found: dict[str, Query] = {}

    @settings(
        max_examples=QUERIES + QUERIES // 4,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(queries)
    def ask(text: str) -> None:
        try:
            found[text] = parse(text, NOON)
        except QueryError as error:
            assume(not any(known in error.problem for known in _NOT_ASKED))
            raise

    ask()
    return list(found.values())[:QUERIES]


@pytest.fixture(scope="module")
def meant() -> list[tuple[Query, set[str]]]:
    """Every query with the ids that it means."""
    return [(query, {id for id, subject in SUBJECTS if matches(query.root, subject)}) for query in _asked()]


def _ids(found: Sequence[WireArticle]) -> set[str]:
    return {article.id for article in found}


def test_the_queries_are_worth_asking(meant: list[tuple[Query, set[str]]]) -> None:
    assert len(meant) == QUERIES
    assert sum(0 < len(ids) < len(ARTICLES) for _, ids in meant) > QUERIES / 2


def test_sqlite_finds_what_the_queries_mean(meant: list[tuple[Query, set[str]]], embedded: EmbeddedStore) -> None:
    embedded.write(ARTICLES)
    for query, ids in meant:
        assert _ids(embedded.search(query, limit=len(ARTICLES)).articles) == ids, query.text


def test_the_percolator_finds_what_the_queries_mean(meant: list[tuple[Query, set[str]]]) -> None:
    percolator = Percolator(dict(enumerate(query for query, _ in meant)))
    for one in ARTICLES:
        wanted = {number for number, (_, ids) in enumerate(meant) if one.id in ids}
        assert percolator.match(ArticleTerms(document(one)), NOON) == wanted


@pytest.mark.servers
def test_elasticsearch_finds_what_the_queries_mean(
    meant: list[tuple[Query, set[str]]], elastic: ElasticStore, elasticsearch_url: str
) -> None:
    elastic.write(ARTICLES)
    index = elastic.months.names.alias("articles")
    with Elasticsearch(elasticsearch_url) as client:
        for portion in _portions(meant):
            lines: list[dict[str, object]] = []
            for query, _ in portion:
                lines += {}, {"query": query_dsl(query), "size": len(ARTICLES), "_source": False}
            answers = client.msearch(index=index, searches=lines)["responses"]
            for (query, ids), answer in zip(portion, answers, strict=True):
                assert {hit["_id"] for hit in answer["hits"]["hits"]} == ids, query.text


def _portions(meant: list[tuple[Query, set[str]]]) -> Iterator[list[tuple[Query, set[str]]]]:
    for start in range(0, len(meant), 100):
        yield meant[start : start + 100]


@pytest.mark.servers
@pytest.mark.parametrize("own", OWN)
def test_elasticsearch_makes_the_same_terms(own: str, elasticsearch_url: str) -> None:
    chain = ANALYSIS["analyzer"][f"news_{own}"]
    filters = [ANALYSIS["filter"].get(name, name) for name in chain["filter"]]
    signs = [ANALYSIS["char_filter"][name] for name in chain["char_filter"]]
    texts = [text for words in WORDS.values() for text in (words, words.replace(" ", ""), words.upper())]
    texts += [one.text for one in ARTICLES]
    with Elasticsearch(elasticsearch_url) as client:
        for text in texts:
            answer = client.indices.analyze(tokenizer=chain["tokenizer"], filter=filters, char_filter=signs, text=text)
            assert [*own_terms(chunks_of(text), own)] == [token["token"] for token in answer["tokens"]], text


@pytest.mark.parametrize("one", ARTICLES[:60], ids=lambda one: one.id)
def test_terms_with_places_are_the_terms(one: WireArticle) -> None:
    own = own_language(one.language)
    if own:
        places = analyse_in(one.text, own)
        assert [token.term for token in places] == [marked(own, term) for term in own_terms(chunks_of(one.text), own)]
        assert all(0 <= token.start < token.end <= len(one.text) for token in places)
