"""What is shown of an installation, as rows of plain fields: JSON for programs, columns for people.

Every face of the system shows the same rows. Knows neither a terminal nor a web page.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from alerts import in_words
from alerts.channels import masked
from producers.polling.asked import asked_again
from runtime.ledger import Balance
from runtime.ports import Reader
from schemas.address import public
from schemas.alert import Delivery, Subscription
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.ledger import Letter, OutcomeRow
from schemas.topics import DELIVERIES, FEEDS, FEEDSTATE, SUBSCRIPTIONS
from stores.recorded import Recorded
from stores.spread.spread import Variant

if TYPE_CHECKING:
    from alerts.backtest import Told
    from alerts.growth import Found

Row = dict[str, Any]

# Of a feed's state, what is worth showing of its last poll; the rest is the poller's memory.
POLL = frozenset({"polled_at", "succeeded_at", "next_poll", "failures", "error"})


def variant_row(variant: Variant) -> Row:
    """One place where an utterance stands: who said it there, in which words, and how they differ from the first."""
    article = variant.hit.article
    return {
        "quote_id": variant.quote_id,
        "how": variant.how.name.lower(),
        "content": variant.hit.text,
        "speaker": variant.hit.speaker,
        "kind": variant.hit.quote.kind,
        "origin": variant.origin.name,
        "source": article.source,
        "title": article.title,
        "first_seen": article.first_seen,
        "published": article.published,
        "url": article.url,
    }


def watched(reader: Reader) -> list[Feed]:
    """The feeds that are watched, by address."""
    feeds = (feed for feed in reader.state.items(FEEDS, Feed) if not feed.deleted)
    return sorted(feeds, key=lambda feed: feed.url)


def feed_row(reader: Reader, feed: Feed) -> Row:
    """A feed, and how its last poll went."""
    row = feed.model_dump(mode="json", exclude={"deleted", "private"})
    row["origin"] = feed.origin and public(feed.origin)
    state = reader.state.get(FEEDSTATE, feed.url, FeedState)
    if state is None:
        return row
    state = asked_again(feed, state)
    return row | state.model_dump(mode="json", include=set(POLL)) | {"title": feed.title or state.title}


def alerts_in_force(reader: Reader) -> list[Subscription]:
    """The alerts that are on, by name."""
    every = (one for one in reader.state.items(SUBSCRIPTIONS, Subscription) if not one.deleted)
    return sorted(every, key=lambda one: one.name)


def alert_row(subscription: Subscription) -> Row:
    """An alert: what it asks for, and whom it tells, without what is secret in an address."""
    channels = [masked(channel) for channel in subscription.channels]
    shown = subscription.model_dump(mode="json", exclude={"deleted"})
    words = {"when": in_words.policy(subscription), "state": in_words.state(subscription, utc_now())}
    return shown | {"channels": channels} | words


def told_row(told: "Told") -> Row:
    """What an alert would have told."""
    return {
        "date": told.date,
        "first_seen": told.article.first_seen,
        "title": told.article.title,
        "source": told.article.source,
        "why": " … ".join(why.sentence for why in told.why),
        "id": told.article.id,
    }


def growth_row(found: "Found") -> Row:
    """What an alert of growth would have told, and when."""
    return {"date": found.at, "origins": found.growth.origins, "usual": found.growth.usual.median}


def counted_of(reader: Reader, one: Recorded) -> list[str]:
    """The articles that an alert of growth counted, in words; none of an alert of another kind."""
    subscription = reader.state.get(SUBSCRIPTIONS, one.subscription, Subscription)
    if subscription is None or not subscription.growth:  # on the cluster all of `delivery` is read for one record of it
        return []
    told = reader.state.get(DELIVERIES, one.id, Delivery)
    growth = told.alert.growth if told and told.alert else None
    known = (reader.state.get(DELIVERIES, id, Delivery) for id in (growth.counted if growth else ()))
    alerts = (each.alert for each in known if each is not None and each.alert is not None)
    return [f"{each.title} ({each.source or each.feed or 'unknown'}) {each.url or ''}".rstrip() for each in alerts]


def telling_row(one: Recorded) -> Row:
    """What became of an alert of an article, as the deliver stage's outcome on the article's way."""
    return OutcomeRow(
        id=one.article_id,
        revision=one.revision,
        stage="deliver",
        outcome="dead" if one.status == "refused" else "done",
        reason=f"{one.subscription_name}: {in_words.telling(one)} (alert {one.id})",
        at=one.at,
    ).model_dump(mode="json")


def why_row(one: Recorded) -> Row:
    """One alert: what was matched, when and why, and what became of telling it."""
    return {"alert": one.subscription_name, "telling": in_words.telling(one), **one.model_dump(mode="json")}


def ledger_row(balance: Balance) -> Row:
    """The ledger, and whether it is balanced."""
    return asdict(balance) | {"balanced": balance.balanced}


def letter_row(letter: Letter) -> Row:
    """A dead letter, without its record."""
    return letter.model_dump(mode="json", exclude={"record"})


def whole_letter_row(letter: Letter) -> Row:
    """A dead letter with its record, without what is secret in the addresses of channels."""
    row = letter.model_dump(mode="json")
    if left := letter.record.get("left"):
        row["record"] = letter.record | {"left": [masked(channel) for channel in left]}
    return row
