"""Alerts and what was told, as /api/v1 takes and answers: a field may be added, none change. Times are UTC."""

from datetime import datetime

from pydantic import BaseModel, Field

from alerts.backtest import Backtest, Told
from alerts.channels import masked
from alerts.cost import messages
from schemas.alert import MOST_AN_HOUR, DigestTime, Policy, QuietHours, Recorded, Subscription, Times
from stores.store import AlertPage
from web.shapes.articles import QUOTED_MATTER


class AlertPut(BaseModel, extra="forbid"):
    """An alert as it is to be."""

    query: str = Field(max_length=4_000)
    channels: list[str] = Field(default=[], max_length=20, description="Apprise addresses; none: kept, not sent.")
    policy: Policy = "story"
    digest_minutes: int = Field(default=1440, ge=1)
    digest_time: DigestTime | None = Field(default=None, description="In place of so many minutes.")
    cooldown_minutes: int = Field(default=0, ge=0)
    most_an_hour: int = Field(default=0, ge=0, le=MOST_AN_HOUR, description="Messages an hour; 0 is no cap.")
    growth: Times = Field(default=0, description="Told only when it is so many times as usual; 0: each is told.")
    altered: bool = Field(default=False, description="Who was told of a quote is told when it is changed or withdrawn.")
    quiet: QuietHours | None = None
    muted_until: datetime | None = None
    paused: bool = Field(default=False, description="Nothing is matched and nothing sent.")


class AlertShown(BaseModel):
    """An alert that is on. Of its channels only what is not secret."""

    id: str
    name: str
    query: str
    channels: list[str] = Field(description="Masked: the kind, and the host where that is one.")
    policy: Policy
    digest_minutes: int
    digest_time: DigestTime | None
    cooldown_minutes: int
    most_an_hour: int
    growth: float
    altered: bool
    quiet: QuietHours | None
    muted_until: datetime | None
    paused: bool

    @classmethod
    def of(cls, subscription: Subscription) -> "AlertShown":
        """Of what is kept."""
        kept = subscription.model_dump(include=set(cls.model_fields) - {"channels"})
        return cls(**kept, channels=[masked(address) for address in subscription.channels])


class AlertList(BaseModel):
    """The alerts that are on, by name."""

    alerts: list[AlertShown]


class NotificationPage(BaseModel):
    """One page of what was alerted, the latest first."""

    notifications: list[Recorded]
    next: str | None = Field(description="Give it as `after` to get the next page; null on the last.")

    @classmethod
    def of(cls, page: AlertPage) -> "NotificationPage":
        """Of a store's answer."""
        return cls(notifications=list(page.alerts), next=page.next)


class WouldTell(BaseModel):
    """An alert that would have been."""

    article_id: str
    title: str
    source: str | None
    first_seen: datetime
    why: list[str] = Field(description=QUOTED_MATTER)

    @classmethod
    def of(cls, told: Told) -> "WouldTell":
        """Of a backtest's."""
        article = told.article
        return cls(
            article_id=article.id,
            title=article.title,
            source=article.source,
            first_seen=article.first_seen,
            why=[why.sentence for why in told.why],
        )


class BacktestResult(BaseModel):
    """What a query would have told in the past days."""

    days: int
    would_tell: int
    articles: int = Field(description="Articles that met it: with a policy by story, more than were told.")
    whole: bool = Field(description="False: there were more than could be looked through.")
    by_day: dict[str, int] = Field(description="Alerts of each day in UTC, by the articles' own dates.")
    messages: int = Field(description="Messages that would have been sent, with no rule but the policy.")
    told: list[WouldTell] = Field(description="The latest first; at most a hundred.")

    @classmethod
    def of(cls, result: Backtest, most: int = 100) -> "BacktestResult":
        """Of a backtest."""
        told = [WouldTell.of(one) for one in result.told[:most]]
        return cls(
            days=result.days,
            would_tell=len(result.told),
            articles=result.articles,
            whole=result.whole,
            by_day={day.isoformat(): number for day, number in result.by_day()},
            messages=messages(Subscription(id="tried", name="tried", query="*", policy=result.policy), result.moments),
            told=told,
        )
