"""What becomes of words that are told by the clock: they are of many articles, each of which may be forgotten. Pure."""

from collections.abc import Container, Iterable, Sequence

from schemas.alert import Delivery, Digested


def tellable(deliveries: Sequence[Delivery], forgotten: Container[str]) -> list[Delivery]:
    """As they may be told: without what was taken out since they were made."""
    return [_with(one, without(told, forgotten)) if (told := _digested(one)) else one for one in deliveries]


def changed(waiting: Iterable[Delivery], forgotten: Container[str]) -> list[Delivery]:
    """Those that wait and have words of what was taken out since, without these."""
    return [
        _with(one, left) for one in waiting if (told := _digested(one)) and (left := without(told, forgotten)) != told
    ]


def without(digested: Digested, forgotten: Container[str]) -> Digested:
    """Without the words of these articles; a story without any left is none."""
    stories = []
    for story in digested.stories:
        headlines = tuple(one for one in story.headlines if one.article_id not in forgotten)
        quotes = tuple(one for one in story.quotes if one.article_id not in forgotten)
        if headlines or quotes:
            stories.append(story.model_copy(update={"headlines": headlines, "quotes": quotes}))
    return digested.model_copy(update={"stories": tuple(stories)})


def at_rest(delivery: Delivery) -> Delivery:
    """As it is kept once it waits no more: that it was told and when, and no words."""
    return _with(delivery, None) if delivery.status != "waiting" and _digested(delivery) else delivery


def _digested(delivery: Delivery) -> Digested | None:
    return delivery.alert.digested if delivery.alert else None


def _with(delivery: Delivery, digested: Digested | None) -> Delivery:
    assert delivery.alert is not None
    return delivery.model_copy(update={"alert": delivery.alert.model_copy(update={"digested": digested})})
