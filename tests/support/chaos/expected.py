"""What an undisturbed run tells: what the program's own match makes of each article, under what stood then. Pure.

Between what was asked and what was confirmed lies a time in which either is right: what must be told is told whatever
stood then, what may be told is told by something that stood then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.identity import alert_id
from alerts.match import MatchStep
from chaos.asked import Moment, Record
from schemas.alert import Alert, Subscription
from schemas.article import WireArticle
from schemas.outcome import Done

Standing = Sequence[tuple[Subscription, Moment]]


@dataclass
class Expected:
    """Ids of alerts, each with the id of its subscription."""

    must: dict[str, str] = field(default_factory=dict)
    may: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Passed:
    """A revision on the wire, from when it was published until it was matched."""

    article: WireArticle
    asked: datetime
    matched: datetime


def expected(record: Record, passed: Iterable[Passed]) -> Expected:
    """The alerts for these articles. Of a forgotten one none must be told; of its story, where another is left."""
    found = Expected()
    met = _Met(record.standing)
    for one in passed:
        for id, standing in record.standing.items():
            if not met.ever(id, one.article):
                continue
            scope = one.article.id if standing[0][0].policy == "every" else one.article.story_id
            alert = alert_id(id, scope)
            meets = [
                met.by(id, number, one.article) and _tells(standing[number][0])
                for number in _in_force(standing, one.asked, one.matched)
            ]
            if any(meets):
                found.may[alert] = id
            if meets and all(meets) and one.article.id not in record.forgotten and _stays(standing, one.asked):
                found.must[alert] = id
    return found


def _tells(subscription: Subscription) -> bool:
    return not subscription.paused and not subscription.deleted


def _stays(standing: Standing, since: datetime) -> bool:
    """Whether it was there when the article was published, and nothing stopped it since: what waits is told yet."""
    later = [one for one, moment in standing if moment.confirmed >= since]
    return standing[0][1].confirmed < since and all(map(_tells, later))


def _in_force(standing: Standing, since: datetime, until: datetime) -> list[int]:
    """The numbers of those that may have stood at some moment between the two."""
    numbers = []
    for number, (_, moment) in enumerate(standing):
        after = standing[number + 1][1].confirmed if number + 1 < len(standing) else None
        if moment.asked <= until and (after is None or after >= since):
            numbers.append(number)
    return numbers


class _Met:
    """Which articles meet which subscription, as it stood first, second and so on."""

    def __init__(self, standing: Mapping[str, Standing]) -> None:
        self._names = {f"{id}\0{number}": (id, number) for id in standing for number in range(len(standing[id]))}
        asking = {
            name: standing[id][number][0].model_copy(update={"id": name, "paused": False, "deleted": False})
            for name, (id, number) in self._names.items()
        }
        self._match = MatchStep(lambda: asking)
        self._known: dict[tuple[str, str], dict[str, set[int]]] = {}

    def ever(self, id: str, article: WireArticle) -> bool:
        return id in self._of(article)

    def by(self, id: str, number: int, article: WireArticle) -> bool:
        return number in self._of(article)[id]

    def _of(self, article: WireArticle) -> dict[str, set[int]]:
        key = (article.id, article.revision)
        if key not in self._known:
            self._known[key] = defaultdict(set)
            [outcome] = self._match([article])
            assert isinstance(outcome, Done)
            for output in outcome.outputs:
                assert isinstance(output.record, Alert)
                id, number = self._names[output.record.subscription]
                self._known[key][id].add(number)
        return self._known[key]
