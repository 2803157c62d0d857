"""Bulk requests: what is asked of one document, and each answer in its place. Knows no mapping and no article."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from elasticsearch import ApiError, Elasticsearch

from stores.elastic.responses import answers, reason

T = TypeVar("T")

_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Action:
    """One line or two of a bulk request."""

    operation: str
    index: str
    id: str
    version: int
    source: dict[str, Any] | None = None

    def lines(self) -> Iterator[dict[str, Any]]:
        """As the client takes them. external_gte: an equal version overwrites, a lower one is refused."""
        target = {"_index": self.index, "_id": self.id, "version": self.version, "version_type": "external_gte"}
        yield {self.operation: target}
        if self.source is not None:
            yield self.source


def send(client: Elasticsearch, actions: Sequence[Action], *, refresh: bool, aliased: bool) -> list[dict[str, Any]]:
    """The items that answer them. A request too large for the server is cut in two, down to the one to blame.

    Raises Hold for a cut answer.
    """
    operations = [line for action in actions for line in action.lines()]
    try:
        answer = client.bulk(operations=operations, refresh=refresh, require_alias=aliased)
    except ApiError as error:
        if error.status_code not in (400, _TOO_LARGE):
            raise
        if len(actions) > 1:
            half = len(actions) // 2
            return [
                item
                for part in (actions[:half], actions[half:])
                for item in send(client, part, refresh=refresh, aliased=aliased)
            ]
        blamed = {"_index": actions[0].index, "status": error.status_code, "error": {"reason": reason(error.body)}}
        return [{actions[0].operation: blamed}]
    return answers(answer.body, "items", len(actions))


def portions(things: Sequence[T], id: Callable[[T], str], most: int) -> Iterator[list[T]]:
    """Portions of a request's size in which no id comes twice: the second has to see what became of the first."""
    portion: dict[str, T] = {}
    for thing in things:
        if id(thing) in portion or len(portion) == most:
            yield list(portion.values())
            portion = {}
        portion[id(thing)] = thing
    if portion:
        yield list(portion.values())
