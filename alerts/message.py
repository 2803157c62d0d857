"""The text of a notification: one plain text for one alert, or for several of a subscription. Pure."""

from collections.abc import Sequence
from datetime import datetime

from alerts.digest_text import text
from alerts.in_words import grown_by
from schemas.alert import Alert, Why
from schemas.visible import visible

MOST_IN_ONE = 50
"""Alerts spelled out in one message; beyond, they are counted: nobody reads a mail of a thousand entries."""


def title(alerts: Sequence[Alert]) -> str:
    """One line."""
    first = alerts[0]
    if first.growth:
        return visible(f"{first.subscription_name}: {grown_by(first.growth)}")
    if len(alerts) == 1 or first.digested:
        changed = "a told quote was changed: " if first.altered else ""
        return visible(f"{first.subscription_name}: {changed}{first.title or first.url or first.article_id}")
    return f"{first.subscription_name}: {len(alerts)} stories"


def body(alerts: Sequence[Alert]) -> str:
    """Every alert in full; several have a line between them."""
    articles = [alert for alert in alerts if is_of_an_article(alert)]
    digests = [text(one.digested) for one in alerts if one.digested]
    parts = [*growths(alerts), *digests, *(_one(alert) for alert in articles[:MOST_IN_ONE])]
    if len(articles) > MOST_IN_ONE:
        parts.append(f"and {len(articles) - MOST_IN_ONE} more")
    return visible("\n\n--\n\n".join(parts))


def is_of_an_article(alert: Alert) -> bool:
    """Whether it tells of one article: neither of growth, nor by the clock."""
    return not (alert.growth or alert.digested)


def growths(alerts: Sequence[Alert]) -> list[str]:
    """A line for each that tells of growth; the articles that were counted follow it."""
    return [f"More than usual at {at(one.matched_at)}: {grown_by(one.growth)}" for one in alerts if one.growth]


def _one(alert: Alert) -> str:
    lines = [alert.title, *(_sentence(why) for why in alert.why if why.sentence != alert.title)]
    if alert.speakers:
        lines.append(f"Quoted: {', '.join(alert.speakers)}")
    lines += [
        f"Matched: {alert.matched_part}",
        f"Source: {alert.source or alert.feed or 'unknown'}",
        *([alert.url] if alert.url else []),
        f"Published {at(alert.published)}, seen {at(alert.first_seen)}, matched {at(alert.matched_at)}",
    ]
    return "\n".join(line for line in lines if line)


def _sentence(why: Why) -> str:
    speaker = f"{why.speaker}: " if why.speaker else ""
    return f"> {speaker}{marked(why)}"


def marked(why: Why) -> str:
    """The sentence with what matched between asterisks."""
    pieces = []
    end = 0
    for start, stop in why.marks:
        pieces += [why.sentence[end:start], f"*{why.sentence[start:stop]}*"]
        end = stop
    return "".join(pieces) + why.sentence[end:]


def at(moment: datetime | None) -> str:
    """A moment for people, to the second."""
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "at a time not given"
