"""Building months anew for a new mapping, while they are written and searched: `wirewatch index upgrade`.

A month is copied into new indexes out of its articles, the aliases are switched in one step, and what was written
to the old ones meanwhile is copied after (it is not found for these seconds). The old ones go last. Whatever is
interrupted is finished by running it again. Copies by scan and bulk: a server's own reindex cannot compute fields.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from schemas.article import WireArticle
from schemas.outcome import Dead
from stores.elastic.documents import to_article
from stores.elastic.mapping import GENERATION
from stores.elastic.months import Months, generation_of
from stores.elastic.names import NEWS, generation, month_alias
from stores.elastic.responses import held
from stores.elastic.writing import Writer
from stores.store import MaintenanceError, Tell, untold

_AT_ONCE = 200


class UpgradeError(MaintenanceError):
    """A month cannot be built anew; nothing is lost, and the old indexes are in use."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A month that was built anew, and how many articles it has."""

    month: str
    articles: int


@dataclass(frozen=True, slots=True)
class _New:
    """The new indexes of one month, written by their own names."""

    indexes: dict[str, str]
    aliased: bool = False

    def ensure(self, moment: datetime, kinds: Sequence[str] = NEWS) -> None:
        """They are made before."""

    def place(self, kind: str, moment: datetime) -> str:
        """The new index."""
        return self.indexes[kind]


def init(months: Months) -> None:
    """Put templates and make this month's indexes. Done again, it changes nothing. Raises Hold."""
    with held():
        months.install()


def upgrade(months: Months, *, all_months: bool = False, tell: Tell = untold) -> list[Rebuilt]:
    """Build anew every month whose mapping is of an older generation, or all. `tell` gets a line for each.

    Raises Hold where Elasticsearch is away, UpgradeError where an article does not fit the new mapping.
    """
    rebuilt = []
    with held():
        months.put_templates()
        for month in _months(months):
            _discard(months, month)
            current = _current(months.client, month)
            if all_months or _generation_of(months.client, current["articles"]) < GENERATION:
                tell(f"{month}: building {current['articles']} anew")
                rebuilt.append(_rebuild(months, month, current))
            _finish(months, month)
    return rebuilt


def _months(months: Months) -> list[str]:
    """The writing aliases of the articles, oldest first."""
    return sorted({month_alias(index) for index in months.indexes("articles")})


def _of_kind(month: str, kind: str) -> str:
    """The same month's alias for another kind."""
    return month.replace("articles-", f"{kind}-")


def _current(client: Elasticsearch, month: str) -> dict[str, str]:
    """The index of each kind that the month's alias leads to."""
    return {kind: next(iter(client.indices.get_alias(name=_of_kind(month, kind)))) for kind in NEWS}


def _generation_of(client: Elasticsearch, index: str) -> int:
    found: Any = client.indices.get_mapping(index=index)
    return generation_of(found[index])


def _rebuild(months: Months, month: str, old: dict[str, str]) -> Rebuilt:
    client = months.client
    new = {kind: f"{month_alias(index)}-{generation(index) + 1}" for kind, index in old.items()}
    for index in new.values():
        client.indices.create(index=index)
    seen = _newest_write(client, old["articles"])
    client.indices.refresh(index=old["articles"])  # what came up to then is found by the copy, the rest after
    count = _copy(client, Writer(client, _New(new), refresh=False), old["articles"], {"match_all": {}})
    for index in new.values():
        client.indices.refresh(index=index)
    _switch(months, old, new)
    _catch_up(months, old, {"range": {"_seq_no": {"gt": seen}}})
    return Rebuilt(month, count)


def _switch(months: Months, old: dict[str, str], new: dict[str, str]) -> None:
    actions: list[dict[str, Any]] = []
    for kind in NEWS:
        for alias in (months.names.alias(kind), month_alias(old[kind])):
            actions.append({"remove": {"index": old[kind], "alias": alias}})
            actions.append({"add": {"index": new[kind], "alias": alias}})
    months.client.indices.update_aliases(actions=actions)


def _catch_up(months: Months, old: dict[str, str], query: dict[str, Any]) -> None:
    """Copy what is missing through the aliases, as any writer would, and let the old indexes go."""
    client = months.client
    client.indices.refresh(index=old["articles"])
    _copy(client, Writer(client, months, refresh=False), old["articles"], query)
    for index in old.values():
        client.indices.delete(index=index, ignore_unavailable=True)


def _discard(months: Months, month: str) -> None:
    """Delete newer indexes that an interrupted run did not finish."""
    client = months.client
    for kind, current in _current(client, month).items():
        for index in _numbered(client, month, kind):
            if generation(index) > generation(current):
                client.indices.delete(index=index)


def _finish(months: Months, month: str) -> None:
    """Empty older indexes that an interrupted run left; the current one must be of this generation."""
    client = months.client
    current = generation(_current(client, month)["articles"])
    left = {generation(index) for kind in NEWS for index in _numbered(client, month, kind)}
    for number in sorted(number for number in left if number < current):
        old = {kind: f"{_of_kind(month, kind)}-{number}" for kind in NEWS}
        if client.indices.exists(index=old["articles"]):
            _catch_up(months, old, {"match_all": {}})
        client.indices.delete(index=old["quotes"], ignore_unavailable=True)


def _numbered(client: Elasticsearch, month: str, kind: str) -> list[str]:
    """Every index of a month and kind, in use or not."""
    found: Any = client.indices.get(index=f"{_of_kind(month, kind)}-*", features="aliases")
    return list(found)


def _newest_write(client: Elasticsearch, index: str) -> int:
    """The number of the last write to an index, which has one shard."""
    stats: Any = client.indices.stats(index=index, level="shards")
    return max(int(shard["seq_no"]["max_seq_no"]) for shard in stats["indices"][index]["shards"]["0"])


def _copy(client: Elasticsearch, writer: Writer, index: str, query: dict[str, Any]) -> int:
    """Write the articles of an index that meet the query; how many. Their versions keep newer ones in place.

    Raises UpgradeError for one that cannot be written: its old index stays.
    """
    articles, count = _articles(client, index, query), 0
    while portion := list(islice(articles, _AT_ONCE)):
        for article, outcome in zip(portion, writer.write(portion), strict=True):
            if isinstance(outcome, Dead):
                raise UpgradeError(f"{article.id} of {index} is refused by the new mapping: {outcome.error}")
        count += len(portion)
    return count


def _articles(client: Elasticsearch, index: str, query: dict[str, Any]) -> Iterator[WireArticle]:
    for hit in scan(client, index=index, query={"query": query}, size=_AT_ONCE):
        yield to_article(hit["_source"])
