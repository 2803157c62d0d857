"""The subscriptions in force: the last word on each, without those that were removed."""

from collections.abc import Callable, Mapping

from schemas.alert import Subscription
from schemas.state import State
from schemas.topics import SUBSCRIPTIONS

Subscriptions = Callable[[], Mapping[str, Subscription]]
"""The subscriptions in force, by id. The same object again means that nothing has changed."""


class InForce:
    """Subscriptions, read from the state. Raises Hold where it is away."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._seen: Mapping[str, Subscription] | None = None
        self._in_force: Mapping[str, Subscription] = {}

    def __call__(self) -> Mapping[str, Subscription]:
        """As Subscriptions."""
        every = self._state.mapping(SUBSCRIPTIONS, Subscription)
        if every is not self._seen:
            self._seen = every
            self._in_force = {id: subscription for id, subscription in every.items() if not subscription.deleted}
        return self._in_force
