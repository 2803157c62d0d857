"""The notifier: sends one message to the channels of a subscription, and backs off from channels that do not answer.

Does not know when something may be sent, nor the stage.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from alerts import message
from alerts.channels import Away, Message, Notify, Refused, kind, masked
from alerts.html import html
from schemas.alert import Alert, Delivery
from schemas.outcome import Hold
from schemas.webhook import webhook

logger = structlog.get_logger()

# A channel that is away is tried again after this long, then after twice that, up to the longest: ten minutes
# late is still news, and a mail server that is being mended is not hammered.
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AwayChannel:
    """A channel that does not answer: what was last heard, since when, and when it is tried again."""

    channel: str
    """Masked: nothing secret in it."""
    why: str
    since: datetime
    tried: datetime
    until: datetime


Tellable = Callable[[Sequence[Delivery]], Sequence[Delivery]]
"""Of deliveries those that may be told at this moment. Raises Hold where nobody may be."""


class Notifier:
    """Sends, with a back-off for each channel; not for several threads at once."""

    def __init__(self, notify: Notify, tellable: Tellable, is_late: Callable[[], bool]) -> None:
        """`tellable` is asked before each channel: what is forgotten between two of them is not told to the second.

        `is_late`: whether others have waited long enough; the channels that are left then are told next time.
        """
        self._notify = notify
        self._tellable = tellable
        self._is_late = is_late
        self.away: dict[str, AwayChannel] = {}

    def notify(self, deliveries: Sequence[Delivery], now: datetime) -> list[Delivery]:
        """One message for all of them (of one subscription, with the same channels left); as they stand after it.

        Raises Refused where not one channel can ever take it.
        """
        told, left, refused, key = self._notify_each(deliveries, now)
        if len(refused) == len(deliveries[0].left):
            raise Refused("; ".join(refused))
        changes = {
            "status": "waiting" if left else "delivered" if told or deliveries[0].told else "kept",
            "at": now,
            "due": min(self._again(channel, now) for channel in left) if left else None,
            "waiting_for": "channel" if left else None,
            "left": left,
            "message": key if left else None,
            "problem": "; ".join(refused) or None,
        }
        kinds = [kind(channel) for channel in told]
        return [one.model_copy(update={**changes, "told": _distinct(*one.told, *kinds)}) for one in deliveries]

    def _notify_each(
        self, deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[list[str], tuple[str, ...], list[str], str | None]:
        """The channels that took it, those that are still to be told, what those that never will said, and the key
        of the message, if it went to any of them, now or before."""
        told: list[str] = []
        left: list[str] = []
        refused: list[str] = []
        key = deliveries[0].message
        for channel in deliveries[0].left:
            away = self.away.get(channel)
            if (away is not None and away.until > now) or self._is_late():
                left.append(channel)
                continue
            said = [one.alert for one in self._tellable(deliveries) if one.alert is not None]
            if not said:
                break
            try:
                message = message_of(said, key)
                key = message.key
                self._notify(channel, message)
            except Away as error:
                self._miss(channel, str(error), now)
                left.append(channel)
            except Refused as error:
                logger.error("channel refused", channel=masked(channel), why=str(error))
                refused.append(str(error))
            except Hold:  # nobody can be told now
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this channel's: the others are told
                self._miss(channel, f"{masked(channel)}: {type(error).__name__}", now)
                left.append(channel)
            else:
                self.away.pop(channel, None)
                told.append(channel)
        return told, tuple(left), refused, key

    def may_try(self, channels: Sequence[str], now: datetime) -> bool:
        """Whether one of these channels is not away, or away for so long that it is asked again."""
        return any(away is None or away.until <= now for away in map(self.away.get, channels))

    def _again(self, channel: str, now: datetime) -> datetime:
        away = self.away.get(channel)
        return away.until if away is not None else now

    def _miss(self, channel: str, why: str, now: datetime) -> None:
        before = self.away.get(channel)
        wait = min((before.until - before.tried) * 2, LONGEST_RETRY) if before else FIRST_RETRY
        since = before.since if before else now
        self.away[channel] = AwayChannel(masked(channel), why, since, now, now + wait)
        logger.warning("channel away", channel=masked(channel), why=why, since=since.isoformat())


def _distinct(*kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kinds))


def message_key(alerts: Sequence[Alert]) -> str:
    """The key of the message that tells of these alerts: by what it holds. Alerts that growth has counted are not told
    for themselves."""
    ids = sorted(alert.id for alert in alerts if alert.growth) or sorted(alert.id for alert in alerts)
    return ids[0] if len(ids) == 1 else hashlib.blake2b("".join(ids).encode(), digest_size=16).hexdigest()


def message_of(alerts: Sequence[Alert], key: str | None = None) -> Message:
    """What is told of alerts of one subscription, in text, in HTML and as data. Growth comes first, and after it the
    alerts that were counted. `key`: the one under which it was told before, where it was."""
    key = key or message_key(alerts)
    title, body = message.title(alerts), message.body(alerts)
    data = webhook(key, title, body, alerts).model_dump(mode="json")
    return Message(key, title, body, html(alerts), data)
