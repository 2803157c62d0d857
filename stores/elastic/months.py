"""The indexes behind the aliases: templates put, a month's index made at setup or when it is first written, old ones
dropped.

Knows names and mappings; knows no article.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from schemas.clock import Clock
from schemas.outcome import Hold
from stores.elastic.mapping import ANALYSIS, DEFAULT_FIELDS, GENERATION, mapping
from stores.elastic.names import KINDS, NEWS, Names, ended_before
from stores.elastic.paging import ORDERS
from stores.elastic.responses import answers, held, reason

# A page of articles is read from all over an index, an export reads them all: to unpack a block of 240 KB for each took
# three times as long as all the rest, for 3 KiB of the disk an article. Of the other kinds documents are read rarely.
_CODECS = {"articles": "default"}
# Above the templates that others may have for "*".
_PRIORITY = 200


class Months:
    """The monthly indexes of one installation; what is written goes through the months' aliases."""

    aliased = True

    def __init__(self, client: Elasticsearch, names: Names, replicas: int, clock: Clock) -> None:
        self.client = client
        self._replicas = replicas
        self._clock = clock
        self.names = names
        self._ready: set[str] = set()

    def install(self) -> None:
        """Put the index templates and make this month's indexes; done again, it changes nothing.

        An alias is there only with an index: without one, whoever looks before the first article is told of an error.
        """
        self.put_templates()
        self.forget()
        self.ensure(self._clock(), KINDS)

    def put_templates(self) -> None:
        """Put the index templates; done again, it changes nothing."""
        for kind in KINDS:
            self.client.indices.put_index_template(
                name=self.names.alias(kind),
                index_patterns=[self.names.pattern(kind)],
                priority=_PRIORITY,
                template=body(kind, self._replicas),
            )

    def ensure(self, moment: datetime, kinds: Sequence[str] = NEWS) -> None:
        """Make the indexes of this month, with their aliases, unless they are there.

        Raises Hold where one is there that an older wirewatch made.
        """
        for kind in kinds:
            month = self.names.month(kind, moment)
            if month not in self._ready:
                self._make(kind, month)
                self._ready.add(month)

    def place(self, kind: str, moment: datetime) -> str:
        """The month's writing alias."""
        return self.names.month(kind, moment)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Whatever goes wrong within is a Hold, and the months are looked at anew: one may have been dropped."""
        try:
            with held():
                yield
        except ApiError as error:  # a document to blame is Dead by its own item; what is left is the cluster's
            self.forget()
            raise Hold(f"Elasticsearch answers {error.status_code}: {reason(error.body)}") from error
        except Hold:
            self.forget()
            raise

    def forget(self) -> None:
        """Look again which indexes there are: somebody dropped one."""
        self._ready.clear()

    def indexes(self, kind: str) -> list[str]:
        """Every index of a kind, whichever month."""
        found: Any = self.client.indices.get(index=self.names.pattern(kind), features="aliases")
        return sorted(found)

    def drop(self, before: datetime) -> list[str]:
        """Drop the months that ended before; the indexes dropped."""
        old = [index for kind in KINDS for index in ended_before(self.indexes(kind), before)]
        for index in old:
            self.client.indices.delete(index=index, ignore_unavailable=True)
        self.forget()
        return old

    def _make(self, kind: str, month: str) -> None:
        if self.client.indices.exists_alias(name=month):
            self._check(month)
            return
        self._renew_templates(kind)
        try:
            self.client.indices.create(index=f"{month}-1", aliases={month: {}, self.names.alias(kind): {}})
        except ApiError as error:
            if "resource_already_exists_exception" not in str(error.body):  # another worker was faster
                raise
        self._check(month)

    def _renew_templates(self, kind: str) -> None:
        """Put the templates where they are missing or an older wirewatch's; a newer one's are left."""
        name = self.names.alias(kind)
        there = {}
        if self.client.indices.exists_index_template(name=name):
            found: Any = self.client.indices.get_index_template(name=name)
            (one,) = answers(found.body, "index_templates", 1)
            there = one["index_template"].get("template", {})
        if generation_of(there) < GENERATION:
            self.put_templates()

    def _check(self, month: str) -> None:
        """Raises Hold for an index of an older or a foreign mapping: it would refuse what is written now."""
        found: Any = self.client.indices.get_mapping(index=month)
        if min(map(generation_of, found.values()), default=0) < GENERATION:
            raise Hold(f"{month} has an older wirewatch's mapping: run `wirewatch index upgrade`")


def generation_of(index: dict[str, Any]) -> int:
    """The mapping's generation, from the server's answer for one index or template; 0 where it is not ours."""
    return int(index.get("mappings", {}).get("_meta", {}).get("generation", 0))


def body(kind: str, replicas: int) -> dict[str, Any]:
    """Settings and mappings of an index of a kind."""
    settings = {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "codec": _CODECS.get(kind, "best_compression"),
        "analysis": ANALYSIS,
        # What a word without a field means in Kibana's search bar: the same as in ours.
        "query": {"default_field": list(DEFAULT_FIELDS[kind])},
    }
    if kind in ORDERS:
        settings["sort"] = {"field": list(ORDERS[kind]), "order": list(ORDERS[kind].values())}
    return {"settings": settings, "mappings": mapping(kind)}
