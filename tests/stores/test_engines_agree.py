"""One meaning, several engines: the same ids for the same query and articles, for generated ones of both.

tests/alerts/test_percolator.py asks the same of the third engine, the percolator of the alerts.
"""

from random import Random

import pytest
from generated_news import article, queries
from hypothesis import HealthCheck, Phase, assume, given, settings
from meaning import Subject, matches
from wire_articles import NOON

from schemas.article import WireArticle
from stores.elastic.store import ElasticStore
from stores.query import Query, QueryError, parse
from stores.sqlite.store import EmbeddedStore

# One fixed set of articles, so that a query which fails fails again.
_RANDOM = Random(20260302)
ARTICLES = [article(number, _RANDOM) for number in range(150)]
SUBJECTS = [(article.id, Subject.of(article)) for article in ARTICLES]
MANY = len(ARTICLES)

many = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)


def _parsed(text: str) -> Query:
    try:
        return parse(text, NOON)
    except QueryError as error:
        assume("no letter and no digit" not in error.problem)
        raise


def _meant(query: Query) -> set[str]:
    return {id for id, subject in SUBJECTS if matches(query.root, subject)}


def _ids(found: tuple[WireArticle, ...]) -> set[str]:
    return {article.id for article in found}


def test_sqlite_finds_what_the_query_means(embedded: EmbeddedStore) -> None:
    embedded.write(ARTICLES)

    @many
    @given(queries)
    def agree(text: str) -> None:
        query = _parsed(text)
        hits = embedded.search(query, limit=MANY)
        assert _ids(hits.articles) == _meant(query)
        assert hits.total == embedded.count(query) == len(hits.articles)

    agree()


@pytest.mark.servers
def test_elasticsearch_finds_what_the_query_means(elastic: ElasticStore) -> None:
    elastic.write(ARTICLES)

    @many
    @given(queries)
    def agree(text: str) -> None:
        query = _parsed(text)
        hits = elastic.search(query, limit=MANY)
        assert _ids(hits.articles) == _meant(query)
        assert hits.total == len(hits.articles)

    agree()


def test_the_queries_are_worth_asking() -> None:
    """A set of queries that found nothing, or everything, would agree about nothing."""
    sizes: list[int] = []

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(queries)
    def ask(text: str) -> None:
        sizes.append(len(_meant(_parsed(text))))

    ask()
    telling = [size for size in sizes if 0 < size < MANY]
    assert len(telling) > len(sizes) / 4
