"""alerts.toml: read with errors a person can act on, and written so that it reads back the same.

Knows nothing of where subscriptions are kept; a value that cannot be is told by alerts/subscriptions.py.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from alerts.subscriptions import SubscriptionError, identity, validated
from schemas.alert import Subscription

# "$${" is "${" itself.
_NAMED = re.compile(r"(\$?)\$\{([^}]*)\}")


def load(path: Path, environment: Mapping[str, str] = os.environ) -> list[Subscription]:
    """The subscriptions of an alerts.toml; ${NAME} in a channel is read from the environment. Raises
    SubscriptionError, with the file and the subscription in its line."""
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
    subscriptions = [_subscription(path, number, table, environment) for number, table in enumerate(tables, start=1)]
    _refuse_twins(path, subscriptions)
    return subscriptions


def dump(subscriptions: Iterable[Subscription]) -> str:
    """The text of an alerts.toml that `load` makes the same subscriptions of, secrets and all."""
    return "\n".join("\n".join(("[[subscription]]", *_lines(one), "")) for one in subscriptions)


def _subscription(path: Path, number: int, table: Any, environment: Mapping[str, str]) -> Subscription:
    if not isinstance(table, dict):
        raise SubscriptionError(f"{path}: subscription {number} is no table: write [[subscription]]")
    called = f"“{table['name']}”" if isinstance(table.get("name"), str) else f"number {number}"
    try:
        given = {"id": identity(str(table.get("name"))), **table}
        if isinstance(channels := given.get("channels"), list):
            given["channels"] = [_filled(one, environment) if isinstance(one, str) else one for one in channels]
        return validated(given)
    except SubscriptionError as error:
        raise SubscriptionError(f"{path}: subscription {called}: {error}") from error


def _filled(channel: str, environment: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        literal, name = found.groups()
        if literal:
            return f"${{{name}}}"
        if name not in environment:
            raise SubscriptionError(
                f"channels: the environment has no {name}: set it, or write $${{{name}}} for itself"
            )
        return environment[name]

    return _NAMED.sub(value, channel)


def _refuse_twins(path: Path, subscriptions: list[Subscription]) -> None:
    seen: set[str] = set()
    for subscription in subscriptions:
        if subscription.id in seen:
            raise SubscriptionError(f"{path}: two subscriptions are called “{subscription.name}”")
        seen.add(subscription.id)


def _lines(subscription: Subscription) -> Iterator[str]:
    if subscription.id != identity(subscription.name):
        yield f"id = {_value(subscription.id)}"
    given = subscription.model_dump(exclude_defaults=True, exclude={"id"})
    if "channels" in given:
        given["channels"] = [_NAMED.sub(lambda found: f"${found[0]}", one) for one in given["channels"]]
    for name, value in given.items():
        yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    """TOML writes texts, numbers and truths as JSON does, but for the one control character that JSON lets pass."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items() if one is not None) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, (str, bool, int, float)):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value.isoformat())
