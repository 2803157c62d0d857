"""Whether somebody was told of an alert's article or story before, whatever the policy was then.

By story and by article an alert has two ids. So that a policy may be changed, what is told article by article is noted
under the story's id, once a story; and of what was told by story the record says of which article it was.
"""

from collections.abc import Iterator

from alerts.identity import alert_id, earlier_id
from alerts.remembered import Remembered
from schemas.alert import Alert, Delivery


class ToldBefore:
    """For one batch, of which nothing is on the log yet."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self._asked: set[str] = set()
        self._beside: dict[str, Delivery] = {}
        """What was decided in this batch, by its id."""

    def is_told(self, alert: Alert, each: bool) -> bool:
        """Whether nothing more is to be done about it. `each`: every article is to be told, also of a story of which
        somebody was told."""
        if alert.id in self._asked:
            return True
        self._asked.add(alert.id)
        own = self._known(alert.id, earlier_id(alert.subscription, alert.scope))
        if any(not (each and alert.scope == alert.article_id and one.status == "noted") for one in own):
            return True
        of_story = self._known(*_ids_of_story(alert)) if _is_of_a_copy(alert) else ()
        return any(not each or _tells_of(one, alert.article_id) for one in of_story)

    def with_note(self, alert: Alert, decided: Delivery) -> tuple[Delivery, ...]:
        """What became of it, to be written, after a note that its story was told of, where that is not known.

        The note is the first: where only one of them reaches the log, it is told again, under its own key.
        """
        notes = self._notes(alert, decided) if _is_of_a_copy(alert) else ()
        written = (*notes, decided)
        for one in written:
            self._beside[one.id] = one
        return written

    def _notes(self, alert: Alert, decided: Delivery) -> Iterator[Delivery]:
        ids = _ids_of_story(alert)
        if next(self._known(*ids), None) is None:
            yield Delivery(id=ids[0], subscription=decided.subscription, status="noted", at=decided.at)

    def _known(self, *ids: str) -> Iterator[Delivery]:
        known = (self._beside.get(id) or self._remembered.told(id) for id in dict.fromkeys(ids))
        return (one for one in known if one is not None)


def _is_of_a_copy(alert: Alert) -> bool:
    """Whether it is of an article on its own, and not of its story's first, whose id is the story's."""
    return alert.scope == alert.article_id != alert.story_id


def _ids_of_story(alert: Alert) -> tuple[str, str]:
    return alert_id(alert.subscription, alert.story_id), earlier_id(alert.subscription, alert.story_id)


def _tells_of(delivery: Delivery, article: str) -> bool:
    return delivery.alert is not None and delivery.alert.article_id == article
