"""Quotes that were told and were changed or withdrawn afterwards: what a later revision has in their place.

Each change is told once, by its words: another revision with the same ones says nothing new. What was told is asked of
the state, by the ids under which it can have been told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from alerts.identity import alert_id, digest, earlier_id
from schemas.alert import Alert, Delivery, Subscription, ToldQuote, Why
from schemas.answers import QuoteChange
from schemas.article import Quote, Speaker, WireArticle
from stores.archive.comparing import compare

Told = Callable[[str], Delivery | None]
"""What became of the alert of this id. Raises Hold."""


def altered(subscriptions: Iterable[Subscription], article: WireArticle, told: Told, now: datetime) -> Iterator[Alert]:
    """An alert for each subscription that asks for it and was told of a quote that the article has no longer so."""
    if article.fetched_at <= article.first_seen:  # its first revision
        return
    for subscription in subscriptions:
        for scope in dict.fromkeys((article.story_id, article.id)):
            before = told(alert_id(subscription.id, scope)) or told(earlier_id(subscription.id, scope))
            if before is not None and (found := changes(before, article)):
                assert before.alert is not None
                yield _alert(before.alert, subscription, article, found, now)


def changes(told: Delivery, article: WireArticle) -> tuple[QuoteChange, ...]:
    """What became of the quotes that were told. Empty where it was told of another article, or they stand there yet."""
    alert = told.alert
    if alert is None or told.status in ("refused", "counted") or alert.article_id != article.id or not alert.quotes:
        return ()
    return tuple(one for one in compare(_as_told(alert.quotes, article), article).quotes if one.kind != "added")


def quotes_told(article: WireArticle, why: Sequence[Why]) -> tuple[ToldQuote, ...]:
    """The quotes in the sentences that are told."""
    places = [(start, start + len(one.sentence)) for one in why if (start := article.text.find(one.sentence)) >= 0]
    return tuple(
        ToldQuote(words=article.text[quote.start : quote.end], speaker=quote.speaker.name if quote.speaker else None)
        for quote in article.quotes
        if any(quote.start < end and start < quote.end for start, end in places)
    )


def sentence_of(change: QuoteChange) -> str:
    """One sentence."""
    who = f" ({change.speaker_before})" if change.speaker_before else ""
    if change.kind == "withdrawn":
        return f"Withdrawn{who}: “{change.before}”"
    if change.kind == "reattributed":
        return f"Said by {change.speaker_after}, and not by {change.speaker_before}: “{change.before}”"
    return f"Changed{who}: “{change.before}” is now “{change.after}”"


def _alert(
    before: Alert, subscription: Subscription, article: WireArticle, found: tuple[QuoteChange, ...], now: datetime
) -> Alert:
    scope = f"altered {article.id} {digest(*(one.model_dump_json() for one in found))}"
    return before.model_copy(
        update={
            "id": alert_id(subscription.id, scope),
            "scope": scope,
            "subscription_name": subscription.name,
            "revision": article.revision,
            "title": article.title,
            "matched_part": "a quote that was told",
            "why": tuple(Why(sentence=sentence_of(one)) for one in found),
            "matched_at": now,
            "quotes": (),
            "altered": found,
        }
    )


def _as_told(quotes: Sequence[ToldQuote], article: WireArticle) -> WireArticle:
    """The article as far as it was told: its quotes, a line each, and nothing around them."""
    spans, start = [], 0
    for quote in quotes:
        end = start + len(quote.words)
        speaker = Speaker(start=start, end=end, text=quote.speaker, name=quote.speaker) if quote.speaker else None
        spans.append(Quote(start=start, end=end, kind="direct", speaker=speaker))
        start = end + 1
    return article.model_copy(update={"text": "\n".join(quote.words for quote in quotes), "quotes": tuple(spans)})
