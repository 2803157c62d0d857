"""The making of a subscription, the only one: every face (commands, files, the API) makes, changes and names them here.

Knows the query language and its evaluation; does not know where subscriptions are kept. What is wrong is told in one
line that a person can act on.
"""

import difflib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from pydantic import ValidationError

from alerts.article_terms import ArticleTerms
from alerts.by_the_clock import is_by_the_clock
from alerts.channel_guard import UNGUARDED, ChannelGuard
from alerts.channels import masked, problem_of
from alerts.evaluate import meets
from schemas.alert import Subscription
from schemas.article import WireArticle
from stores.document import document
from stores.query.errors import QueryError
from stores.query.parse import parse

Reader = Callable[[str], WireArticle]
"""Makes an article of an example's text."""
ChannelProblem = Callable[[str], str | None]
"""Why an address can never be told; None where it may."""


class SubscriptionError(ValueError):
    """A subscription cannot be made, or not so: one line."""


def identity(name: str) -> str:
    """The id that a subscription begins with: a hash of its name, so that the same name again changes the same one."""
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def named(in_force: Iterable[Subscription], name: str) -> Subscription | None:
    """The one of this name; without one, the one of this id."""
    every = list(in_force)
    by_name = (one for one in every if one.name == name)
    return next(by_name, None) or next((one for one in every if one.id == name), None)


def placed(subscription: Subscription, in_force: Iterable[Subscription]) -> Subscription:
    """Under the id by which its name is known. One that is renamed keeps its id, so that nothing is told twice; who is
    new under its earlier name gets another."""
    every = list(in_force)
    if subscription.id != identity(subscription.name):  # it was given, in a file
        return subscription
    if same := next((one for one in every if one.name == subscription.name), None):
        return subscription.model_copy(update={"id": same.id})
    taken = {one.id for one in every}
    ids = (identity(f"{subscription.name}\0{number}" if number else subscription.name) for number in count())
    return subscription.model_copy(update={"id": next(id for id in ids if id not in taken)})


def made(name: str, given: Mapping[str, Any], problem: ChannelProblem) -> Subscription:
    """A subscription as it is to be, to be `placed`: fields that are not given have their defaults. Raises
    SubscriptionError, QueryError."""
    if not name.strip():
        raise SubscriptionError("an alert needs a name")
    return _checked(validated({**given, "id": identity(name), "name": name}), problem)


def changed(before: Subscription, given: Mapping[str, Any], problem: ChannelProblem) -> Subscription:
    """With these fields as given, and the others as before. Raises as `made`."""
    return _checked(validated({**before.model_dump(), **given}), problem)


def renamed(before: Subscription, name: str, in_force: Iterable[Subscription]) -> Subscription:
    """Under another name; its id stays. Raises SubscriptionError where another has that name."""
    if not name.strip():
        raise SubscriptionError("an alert needs a name")
    if any(one.name == name and one.id != before.id for one in in_force):
        raise SubscriptionError(f"there is an alert {name!r} already")
    return before.model_copy(update={"name": name})


def differences(before: Subscription, after: Subscription) -> list[str]:
    """What a change would change, a line each: the field, what it is, and what it would be. No address of a channel."""
    return [
        f"{name} {_shown(name, getattr(before, name))} and not {_shown(name, getattr(after, name))}"
        for name in Subscription.model_fields
        if getattr(before, name) != getattr(after, name)
    ]


def _shown(name: str, value: Any) -> str:
    if name == "channels":
        return ", ".join(map(masked, value)) or "nobody"
    if hasattr(value, "model_dump"):
        return " ".join(str(one) for one in value.model_dump().values() if one is not None)
    return repr(value)


def _checked(subscription: Subscription, problem: ChannelProblem) -> Subscription:
    parse(subscription.query, _ANY_TIME)
    if is_by_the_clock(subscription) and (subscription.growth or subscription.altered):
        raise SubscriptionError(f"{subscription.policy} is told by the clock: growth and altered are of other policies")
    for channel in subscription.channels:
        if said := problem(channel):
            raise SubscriptionError(f"channels: {said}")
    return subscription


# Whether a query can be read does not depend on what "now" in it is.
_ANY_TIME = datetime.fromtimestamp(0, UTC)


def validated(given: Mapping[str, Any]) -> Subscription:
    """Of plain values. Raises SubscriptionError, without what may be secret."""
    try:
        return Subscription.model_validate(given)
    except ValidationError as error:
        raise SubscriptionError(_said(error)) from error


def check(
    subscription: Subscription, now: datetime, read: Reader | None = None, guard: ChannelGuard = UNGUARDED
) -> list[str]:
    """What is wrong with a subscription, a line each; none where its query reads, its channels are addresses
    and its examples match or do not match as it says.

    `read` finds who and what an example names; without it a query for a person or a quote finds none.
    """
    try:
        root = parse(subscription.query, now).root
    except QueryError as error:
        return [f"{subscription.name}: the query {subscription.query!r}: {error}"]
    channels = (problem_of(channel, guard) for channel in subscription.channels)
    problems = [problem for problem in channels if problem]
    for example, wanted in _examples(subscription):
        if meets(root, ArticleTerms(document((read or _plain(now))(example)))) is not wanted:
            problems.append(
                f"does not match, but must: {example!r}" if wanted else f"matches, but must not: {example!r}"
            )
    return [f"{subscription.name}: {problem}" for problem in problems]


def _examples(subscription: Subscription) -> Iterator[tuple[str, bool]]:
    yield from ((example, True) for example in subscription.must_match)
    yield from ((example, False) for example in subscription.must_not_match)


def _plain(now: datetime) -> Reader:
    def read(text: str) -> WireArticle:
        return WireArticle(id="example", revision="", text=text, fetched_at=now, story_id="example", first_seen=now)

    return read


def _said(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        close = difflib.get_close_matches(name, Subscription.model_fields, n=1)
        return f"unknown field {name}" + (f": did you mean {close[0]}?" if close else "")
    if first["type"] == "missing":
        return f"it has no {name}"
    said = f"{name}: {first['msg'].removeprefix('Value error, ')}"
    return said if name.startswith("channels") else f"{said}, not {first['input']!r}"
