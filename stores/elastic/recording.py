"""Writing what became of alerts: one document for each, in the month in which it was matched.

An alert that every channel refused may come again out of another article, in another month: then the document of the
earlier month goes. Knows the mapping by stores.recorded alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elasticsearch import Elasticsearch

from schemas.alert import Delivery
from schemas.outcome import Done, Outcome
from schemas.stage import MANY
from stores.elastic.bulk import Action, portions, send
from stores.elastic.delete import Remover
from stores.elastic.months import Months
from stores.elastic.responses import SUPERSEDED, check_deleted, index_outcome
from stores.recorded import recorded, version

KIND = "alerts"
# One request: an alert has a few kilobytes, and the server writes its log to the disk once for each.
ALERTS_AT_ONCE = MANY


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document of an alert lies already."""

    index: str
    version: int


class Recorder:
    """Writes alerts. `refresh` makes what was written searchable at once."""

    def __init__(self, client: Elasticsearch, months: Months, remover: Remover, refresh: bool) -> None:
        self._client = client
        self._months = months
        self._remover = remover
        self._refresh = refresh

    def record(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """One outcome each. Raises Hold."""
        several = portions(deliveries, lambda delivery: delivery.id, ALERTS_AT_ONCE)
        return [outcome for portion in several for outcome in self._record(portion)]

    def _record(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """`deliveries` holds no id twice."""
        self._remover.remove_alerts([one.id for one in deliveries if one.alert is None])
        elsewhere = self._elsewhere([one for one in deliveries if one.alert is not None])
        outcomes: dict[str, Outcome] = {one.id: Done() for one in deliveries if one.alert is None}
        for one in deliveries:
            if any(place.version > version(one) for place in elsewhere.get(one.id, ())):
                outcomes[one.id] = SUPERSEDED
        outcomes |= self._write([one for one in deliveries if one.id not in outcomes])
        self._clear({id: places for id, places in elsewhere.items() if isinstance(outcomes[id], Done)})
        return [outcomes[one.id] for one in deliveries]

    def _write(self, deliveries: Sequence[Delivery]) -> dict[str, Outcome]:
        actions = [self._action(delivery) for delivery in deliveries]
        items = self._sent(actions)
        return {action.id: index_outcome(item["index"]) for action, item in zip(actions, items, strict=True)}

    def _action(self, delivery: Delivery) -> Action:
        kept = recorded(delivery)
        assert kept is not None  # those without words are taken out, not written
        self._months.ensure(kept.matched_at, (KIND,))
        source = kept.model_dump(mode="json", exclude_defaults=True)
        return Action("index", self._month(kept.matched_at), delivery.id, version(delivery), source)

    def _elsewhere(self, deliveries: Sequence[Delivery]) -> dict[str, list[_Place]]:
        """For each alert the documents of it in other months than its own."""
        months = {one.id: self._month(one.alert.matched_at) for one in deliveries if one.alert is not None}
        if not months:
            return {}
        hits = self._client.search(
            index=self._months.names.alias(KIND),
            query={"ids": {"values": sorted(months)}},
            size=2 * len(months),
            version=True,
            source=False,
            ignore_unavailable=True,
        )["hits"]["hits"]
        found: dict[str, list[_Place]] = {}
        for hit in hits:
            if not hit["_index"].startswith(f"{months[hit['_id']]}-"):
                found.setdefault(hit["_id"], []).append(_Place(hit["_index"], hit["_version"]))
        return found

    def _clear(self, elsewhere: dict[str, list[_Place]]) -> None:
        actions = [
            Action("delete", place.index, id, place.version) for id, places in elsewhere.items() for place in places
        ]
        if actions:
            for item in send(self._client, actions, refresh=self._refresh, aliased=False):
                check_deleted(item["delete"])

    def _sent(self, actions: Sequence[Action]) -> list[dict[str, dict[str, object]]]:
        return send(self._client, actions, refresh=self._refresh, aliased=True) if actions else []

    def _month(self, matched_at: datetime) -> str:
        return self._months.place(KIND, matched_at)
