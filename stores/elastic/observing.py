"""Writing how the installation does, for the dashboard of those who run it. Knows no stage and no feed."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from elasticsearch import Elasticsearch

from schemas.outcome import Dead
from stores.elastic.bulk import Action, send
from stores.elastic.delete import Remover
from stores.elastic.months import Months
from stores.elastic.responses import index_outcome
from stores.observation import Observation

logger = structlog.get_logger()

KIND = "operations"
# One request; an observation has some 200 bytes.
_AT_ONCE = 1_000


class Observer:
    """Writes observations, each in its month. `refresh` makes what was written searchable at once."""

    def __init__(self, client: Elasticsearch, months: Months, remover: Remover, refresh: bool) -> None:
        self._client = client
        self._months = months
        self._remover = remover
        self._refresh = refresh

    def write(self, observations: Sequence[Observation], version: int) -> None:
        """Keep them; one of a higher version that is there already stays. Raises Hold."""
        with self._months.writing():
            for start in range(0, len(observations), _AT_ONCE):
                actions = [self._action(one, version) for one in observations[start : start + _AT_ONCE]]
                for item in send(self._client, actions, refresh=self._refresh, aliased=True):
                    outcome = index_outcome(item["index"])
                    if isinstance(outcome, Dead):  # no article's loss: said, and the others go on
                        logger.error("observation refused", why=outcome.error)

    def last_minute(self) -> datetime | None:
        """The last minute of which outcomes are counted; None where none is. Raises Hold."""
        with self._months.writing():
            answer = self._client.search(
                index=self._months.names.alias(KIND),
                query={"term": {"kind": {"value": "outcomes"}}},
                sort=[{"at": {"order": "desc", "unmapped_type": "date"}}],
                size=1,
                source_includes=["at"],
                ignore_unavailable=True,
            )
        hits = answer["hits"]["hits"]
        return datetime.fromisoformat(hits[0]["_source"]["at"]) if hits else None

    def drop_feeds(self, before: datetime) -> None:
        """Take out the feeds that were not looked at since: they are watched no longer, or stand in a later month.

        Raises Hold.
        """
        old = {"range": {"at": {"lt": before.isoformat(timespec="milliseconds")}}}
        query = {"bool": {"filter": [{"term": {"kind": {"value": "feed"}}}, old]}}
        with self._months.writing():
            while places := self._remover.find(KIND, query):
                self._remover.delete(places)

    def _action(self, one: Observation, version: int) -> Action:
        self._months.ensure(one.at, (KIND,))
        source = one.model_dump(mode="json", exclude_none=True)
        return Action("index", self._months.place(KIND, one.at), one.id, version, source)
