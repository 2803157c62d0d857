"""What a webhook gets: an alert as data. A field may be added, none changes its meaning; moments are UTC."""

from collections.abc import Sequence
from typing import Literal

from schemas.alert import Alert, Digested, Grown, Why
from schemas.answers import QuoteChange
from schemas.record import Record, Utc

MOST_ARTICLES = 500
"""In one body: some 2 kB each, and many servers refuse what is over a megabyte. `total` says how many there are."""


class ToldAlert(Record):
    """Which standing query was met."""

    id: str
    name: str
    query: str


class ToldArticle(Record):
    """An article that met it, and why."""

    alert_id: str
    """Of this one telling: the same article under the same alert has the same, however often it comes."""
    article_id: str
    story_id: str
    """Shared by all copies of one wire text."""
    revision: str
    title: str
    url: str | None
    source: str | None
    feed: str | None
    speakers: tuple[str, ...]
    matched_part: str
    """The part of the query that was met."""
    why: tuple[Why, ...]
    """The sentences that matched; marks are ranges of code points, half-open."""
    altered: tuple[QuoteChange, ...] = ()
    """Quotes that were told of it before and were changed or withdrawn; else empty."""
    published: Utc | None
    """What the publisher says."""
    first_seen: Utc
    matched_at: Utc


class ToldGrowth(Record):
    """That something is spoken of more than usual: `articles` are those that were counted."""

    alert_id: str
    origins: int
    """Independent reports in these minutes, copies of one text once."""
    minutes: int
    usual: float
    """Origins in as many minutes at this time of the week, by the median of the weeks before."""
    spread: float
    """Of the usual, as a standard deviation."""
    matched_at: Utc


class Webhook(Record):
    """The body. `title` and `message` are the same in words, for services that show a text."""

    version: Literal["1.0"] = "1.0"
    type: Literal["info"] = "info"
    alert_id: str
    """The key of this message, as in the header Idempotency-Key: what comes again comes under the same."""
    title: str
    message: str
    alert: ToldAlert
    growth: tuple[ToldGrowth, ...] = ()
    """Of an alert that asks for more than usual; else empty."""
    digests: tuple[Digested, ...] = ()
    """Of an alert that tells by the clock; else empty."""
    articles: tuple[ToldArticle, ...]
    total: int
    """Articles that are told of; more than `articles` holds where there are very many."""


def webhook(key: str, title: str, message: str, alerts: Sequence[Alert]) -> Webhook:
    """The body for alerts of one subscription, one at least."""
    first = alerts[0]
    shared = ToldArticle.model_fields.keys() - {"alert_id"}
    articles = [one for one in alerts if not (one.growth or one.digested)]
    return Webhook(
        alert_id=key,
        title=title,
        message=message,
        alert=ToldAlert(id=first.subscription, name=first.subscription_name, query=first.query),
        growth=tuple(_growth(one, one.growth) for one in alerts if one.growth),
        digests=tuple(one.digested for one in alerts if one.digested),
        articles=tuple(
            ToldArticle(alert_id=one.id, **{name: getattr(one, name) for name in shared})
            for one in articles[:MOST_ARTICLES]
        ),
        total=len(articles),
    )


def _growth(alert: Alert, growth: Grown) -> ToldGrowth:
    return ToldGrowth(alert_id=alert.id, matched_at=alert.matched_at, **growth.model_dump(exclude={"counted"}))
