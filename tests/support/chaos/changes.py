"""What people ask for meanwhile: alerts added, edited, paused, resumed, renamed and removed; articles forgotten."""

import random
from collections.abc import Callable, Mapping, Sequence

from fleet.articles import article
from fleet.signing import POISON

from chaos.asked import Desk
from chaos.news import immediate, subscription
from chaos.schedule import Act
from schemas.alert import Subscription


class Changes:
    """Makes them, of subscriptions that are told of at once and of articles that have been published."""

    def __init__(self, desk: Desk, standing: Sequence[Subscription], channels: Sequence[str]) -> None:
        self._desk = desk
        self._marks = len(standing)
        self._channels = channels
        self._standing = {one.id: one for one in immediate(standing)}
        self._changes: Mapping[str, Callable[[random.Random, str], None]] = {
            "add": self._add,
            "edit": lambda chance, name: self._change(chance, query=self._new(chance, name).query),
            "pause": lambda chance, _: self._change(chance, paused=True),
            "resume": self._resume,
            "rename": lambda chance, name: self._change(chance, name=name),
            "remove": lambda chance, _: self._change(chance, deleted=True),
            "forget": self._forget,
            "poison": lambda _, name: self._desk.publish([article(name, title=POISON)]),
        }

    def make(self, act: Act) -> None:
        """Make the one that this act says."""
        self._changes[act.what](random.Random(act.number), f"{act.what} {act.number}")

    def _new(self, chance: random.Random, name: str) -> Subscription:
        return subscription(name, chance, self._marks, chance.choice(self._channels))

    def _add(self, chance: random.Random, name: str) -> None:
        self._put(self._new(chance, name))

    def _change(self, chance: random.Random, **changes: object) -> None:
        going = [one for one in self._standing.values() if not one.deleted and not one.paused]
        if going:
            self._put(chance.choice(going).model_copy(update=changes))

    def _resume(self, chance: random.Random, _: str) -> None:
        paused = [one for one in self._standing.values() if one.paused and not one.deleted]
        if paused:
            self._put(chance.choice(paused).model_copy(update={"paused": False}))

    def _put(self, changed: Subscription) -> None:
        self._standing[changed.id] = changed
        self._desk.put(changed)

    def _forget(self, chance: random.Random, _: str) -> None:
        """One that was published, and show it again: it is not let in."""
        published = [one for one, _ in self._desk.record.articles.values() if one.id not in self._desk.record.forgotten]
        if published:
            chosen = chance.choice(published)
            self._desk.forget(chosen.id)
            self._desk.publish([chosen])
