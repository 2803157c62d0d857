"""Setup on a real Elasticsearch: whoever looks before the first article finds nothing, and is told of no error."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from elasticsearch import NotFoundError
from wire_articles import NOON, wire_article

from stores.elastic import upgrade
from stores.elastic.months import Months
from stores.elastic.names import KINDS, NEWS
from stores.elastic.store import ElasticStore

pytestmark = pytest.mark.servers


def _at(store: ElasticStore, moment: datetime) -> Months:
    """Whoever does the setup then."""
    return ElasticStore(store.months.client, prefix=store.months.names.prefix, clock=lambda: moment).months


def _indexes(store: ElasticStore) -> list[str]:
    return [index for kind in KINDS for index in store.months.indexes(kind)]


def _searched(store: ElasticStore, kind: str) -> Any:
    return store.months.client.search(index=store.months.names.alias(kind))["hits"]["total"]["value"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_searched_is_there_before_the_first_article(elastic: ElasticStore, kind: str) -> None:
    with pytest.raises(NotFoundError):
        _searched(elastic, kind)
    _at(elastic, NOON).install()
    assert _searched(elastic, kind) == 0


def test_done_again_it_makes_and_loses_nothing(elastic: ElasticStore) -> None:
    _at(elastic, NOON).install()
    made = _indexes(elastic)
    elastic.write([wire_article("a", "Rain fell.", first_seen=NOON)])
    for _ in range(2):
        upgrade.init(_at(elastic, NOON))
    assert _indexes(elastic) == made
    assert elastic.count() == 1


def test_articles_of_this_month_go_into_what_setup_made(elastic: ElasticStore) -> None:
    _at(elastic, NOON).install()
    made = _indexes(elastic)
    elastic.write([wire_article("a", "“Rain,” said Ann.", said=[("Rain,", "Ann")], first_seen=NOON)])
    assert _indexes(elastic) == made
    assert [_searched(elastic, kind) for kind in NEWS] == [1, 1]


def test_setup_of_a_later_month_adds_that_month(elastic: ElasticStore) -> None:
    _at(elastic, NOON).install()
    made = _indexes(elastic)
    _at(elastic, NOON + timedelta(days=31)).install()
    assert len(_indexes(elastic)) == 2 * len(made)
    assert set(made) < set(_indexes(elastic))


def test_an_index_that_somebody_dropped_is_made_again_by_setup(elastic: ElasticStore) -> None:
    _at(elastic, NOON).install()
    made = _indexes(elastic)
    elastic.months.client.indices.delete(index=made[0])
    _at(elastic, NOON).install()
    assert _indexes(elastic) == made


def test_building_anew_makes_no_month_of_its_own(elastic: ElasticStore) -> None:
    elastic.write([wire_article("a", "Rain fell.", first_seen=NOON)])
    before = len(_indexes(elastic))
    upgrade.upgrade(elastic.months, all_months=True)
    assert len(_indexes(elastic)) == before
