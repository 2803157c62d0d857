"""What is shown of an installation, as records: JSON for programs, columns for people.

Every face of the system shows the same. Knows neither a terminal nor a web page.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING

from alerts import in_words
from alerts.channels import masked
from producers.polling.asked import asked_again
from runtime.ledger import Balance
from runtime.ports import Reader
from schemas.address import public
from schemas.alert import Delivery, Recorded, Subscription
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.ledger import Letter, OutcomeRow
from schemas.lines import (
    AlertLine,
    EntryAccount,
    FeedLine,
    GrownLine,
    LedgerLine,
    VariantLine,
    WhyLine,
    WouldTellLine,
)
from schemas.topics import DELIVERIES, FEEDSTATE, SUBSCRIPTIONS

if TYPE_CHECKING:
    from alerts.backtest import Told
    from alerts.growth import Found
    from stores.spread.spread import Variant

# Of a feed's state, what is worth showing of its last poll; the rest is the poller's memory.
POLL = frozenset({"polled_at", "succeeded_at", "next_poll", "failures", "error"})


def variant_line(variant: "Variant") -> VariantLine:
    """One place where an utterance stands: who said it there, in which words, and how they differ from the first."""
    article = variant.hit.article
    return VariantLine(
        quote_id=variant.quote_id,
        how=variant.how.name.lower(),
        content=variant.hit.text,
        speaker=variant.hit.speaker,
        kind=variant.hit.quote.kind,
        origin=variant.origin.name,
        source=article.source,
        title=article.title,
        first_seen=article.first_seen,
        published=article.published,
        url=article.url,
    )


def feed_line(reader: Reader, feed: Feed) -> FeedLine:
    """A feed, and how its last poll went."""
    shown = feed.model_dump(exclude={"deleted", "private"}) | {"origin": feed.origin and public(feed.origin)}
    state = reader.state.get(FEEDSTATE, feed.url, FeedState)
    if state is None:
        return FeedLine(**shown)
    state = asked_again(feed, state)
    return FeedLine(**shown | state.model_dump(include=set(POLL)) | {"title": feed.title or state.title})


def alert_line(subscription: Subscription, reveal: bool = False) -> AlertLine:
    """An alert: what it asks for, and whom it tells; what is secret in an address only with `reveal`."""
    channels = subscription.channels
    shown = subscription.model_dump(exclude={"deleted", "channels"})
    return AlertLine(
        **shown,
        channels=channels if reveal else tuple(masked(channel) for channel in channels),
        when=in_words.policy(subscription),
        state=in_words.state(subscription, utc_now()),
    )


def told_line(told: "Told") -> WouldTellLine:
    """What an alert would have told."""
    return WouldTellLine(
        date=told.date,
        first_seen=told.article.first_seen,
        title=told.article.title,
        source=told.article.source,
        why=" … ".join(why.sentence for why in told.why),
        id=told.article.id,
    )


def grown_line(found: "Found") -> GrownLine:
    """What an alert of growth would have told, and when."""
    return GrownLine(date=found.at, origins=found.growth.origins, usual=found.growth.usual.median)


def counted_of(reader: Reader, one: Recorded) -> tuple[str, ...]:
    """The articles that an alert of growth counted, in words; none of an alert of another kind."""
    subscription = reader.state.get(SUBSCRIPTIONS, one.subscription, Subscription)
    if subscription is None or not subscription.growth:  # on the cluster all of `delivery` is read for one record of it
        return ()
    told = reader.state.get(DELIVERIES, one.id, Delivery)
    growth = told.alert.growth if told and told.alert else None
    known = (reader.state.get(DELIVERIES, id, Delivery) for id in (growth.counted if growth else ()))
    alerts = (each.alert for each in known if each is not None and each.alert is not None)
    return tuple(f"{each.title} ({each.source or each.feed or 'unknown'}) {each.url or ''}".rstrip() for each in alerts)


def telling_line(one: Recorded) -> OutcomeRow:
    """What became of an alert of an article, as the deliver stage's outcome on the article's way."""
    return OutcomeRow(
        id=one.article_id,
        revision=one.revision,
        stage="deliver",
        outcome="dead" if one.status == "refused" else "done",
        reason=f"{one.subscription_name}: {in_words.telling(one)} (alert {one.id})",
        at=one.at,
    )


def why_line(one: Recorded, counted: tuple[str, ...]) -> WhyLine:
    """One alert: what was matched, when and why, and what became of telling it."""
    return WhyLine(**one.model_dump(), alert=one.subscription_name, telling=in_words.telling(one), counted=counted)


def ledger_line(balance: Balance, entries: EntryAccount, absent: list[str] | None) -> LedgerLine:
    """The ledger, the account of the feeds' entries, and what the store lacks, where it was asked."""
    return LedgerLine(
        **asdict(balance),
        balanced=balance.balanced,
        entries=entries,
        absent=None if absent is None else tuple(absent),
    )


def whole_letter(letter: Letter) -> Letter:
    """A dead letter with its record, without what is secret in the addresses of channels."""
    if left := letter.record.get("left"):
        return letter.model_copy(update={"record": letter.record | {"left": [masked(channel) for channel in left]}})
    return letter
