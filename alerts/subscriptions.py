"""Reads subscriptions from a file (alerts.toml), with errors a person can act on, and tries their examples.

Knows the query language and its evaluation; does not know where subscriptions are kept.
"""

import difflib
import hashlib
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from alerts.article_terms import ArticleTerms
from alerts.channel_guard import UNGUARDED, ChannelGuard
from alerts.channels import problem_of
from alerts.evaluate import meets
from schemas.alert import Subscription
from schemas.article import WireArticle
from stores.document import document
from stores.query.errors import QueryError
from stores.query.parse import parse

Reader = Callable[[str], WireArticle]
"""Makes an article of an example's text."""


class SubscriptionError(ValueError):
    """A file of subscriptions cannot be used; the message is one line: which file, which subscription, what."""


def identity(name: str) -> str:
    """A subscription's id: a hash of its name, so that the same name again changes the same subscription."""
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def load(path: Path) -> list[Subscription]:
    """The subscriptions of an alerts.toml. Raises SubscriptionError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SubscriptionError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SubscriptionError(f"{path} is not TOML: {error}") from error
    tables = content.pop("subscription", [])
    if content or not isinstance(tables, list):
        stray = next(iter(content), "subscription")
        raise SubscriptionError(f"{path}: “{stray}” is not known here; each subscription begins with [[subscription]]")
    subscriptions = [_subscription(path, number, table) for number, table in enumerate(tables, start=1)]
    _refuse_twins(path, subscriptions)
    return subscriptions


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


def _subscription(path: Path, number: int, table: Any) -> Subscription:
    if not isinstance(table, dict):
        raise SubscriptionError(f"{path}: subscription {number} is no table: write [[subscription]]")
    called = f"“{table['name']}”" if isinstance(table.get("name"), str) else f"number {number}"
    try:
        return Subscription.model_validate({"id": identity(str(table.get("name"))), **table})
    except ValidationError as error:
        raise SubscriptionError(f"{path}: subscription {called}: {_said(error)}") from error


def _said(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        close = difflib.get_close_matches(name, Subscription.model_fields, n=1)
        return f"unknown field {name}" + (f": did you mean {close[0]}?" if close else "")
    if first["type"] == "missing":
        return f"it has no {name}"
    return f"{name}: {first['msg']}, not {first['input']!r}"


def _refuse_twins(path: Path, subscriptions: list[Subscription]) -> None:
    seen: set[str] = set()
    for subscription in subscriptions:
        if subscription.id in seen:
            raise SubscriptionError(f"{path}: two subscriptions are called “{subscription.name}”")
        seen.add(subscription.id)
