"""What is told by the clock, as plain text: headlines and direct speech as published, and numbers. Pure."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from schemas.alert import Digested
from schemas.answers import BriefedQuote, BriefedStory, Contributor
from schemas.counted import counted

NOTHING = "Nothing that meets it came in this time."
ONLY_PUBLISHED = "Headlines and direct speech alone, as published; nothing is summed up."


def heading(told: Digested) -> str:
    """One line: what it is of, and how much there is."""
    if told.kind == "briefing":
        return f"Briefing, {_times(told)}: {counted(len(told.stories), 'story', 'stories')}"
    new = sum(one.new for one in told.people)
    return f"Who was quoted, {_times(told)}: {counted(len(told.people), 'person', 'people')}, {new} of them new"


def text(told: Digested) -> str:
    """All of it."""
    if not told.stories and not told.people:
        return f"{heading(told)}\n\n{NOTHING}"
    parts = [_story(one) for one in told.stories] if told.kind == "briefing" else ["\n".join(map(person, told.people))]
    beginning = [heading(told), *([ONLY_PUBLISHED] if told.stories else []), *([] if told.complete else [MORE])]
    return "\n\n".join(["\n".join(beginning), *parts])


MORE = "There are more stories than were looked at; the newest were."


def counts(story: BriefedStory) -> str:
    """How widely a story was reported."""
    return f"{counted(story.origins, 'origin')}, {counted(story.articles, 'article')}"


def person(one: Contributor) -> str:
    """How often somebody was quoted, and where."""
    sources = ", ".join(f"{each.value} {each.count}" for each in one.sources)
    before = "new" if one.new else f"{one.earlier} before"
    beside = f", {one.elsewhere} elsewhere" if one.elsewhere else ""
    numbers = f"{counted(one.quotes, 'quote')}, {counted(one.words, 'word')}"
    return f"{one.name}: {numbers} in {sources or 'no named source'}; {before}{beside}"


def speaker(quote: BriefedQuote) -> str:
    """Who said it; a briefing has nobody without a name."""
    return (quote.speaker.name if quote.speaker else None) or "somebody"


def _story(story: BriefedStory) -> str:
    return "\n".join(_lines(story))


def _lines(story: BriefedStory) -> Iterator[str]:
    for one in story.headlines:
        yield one.title
        yield "  " + "  ".join(part for part in (one.source or "unknown source", one.url) if part)
    yield f"  {counts(story)}"
    for quote in story.quotes:
        yield f"> {speaker(quote)}: “{quote.content}” ({quote.source or 'unknown source'})"


def _times(told: Digested) -> str:
    zone = ZoneInfo(told.zone)
    return f"{_local(told.start, zone)} to {_local(told.end, zone)} {told.zone}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
