"""What is told by the clock, as HTML, for mail. Strangers' words are never markup. Pure."""

from collections.abc import Iterator

from alerts.digest_text import MORE, NOTHING, ONLY_PUBLISHED, counts, heading, person, speaker
from alerts.markup import linked, shown
from schemas.alert import Digested
from schemas.answers import BriefedStory


def digest_html(told: Digested) -> str:
    """As alerts.digest_text.text."""
    return "".join(_parts(told))


def _parts(told: Digested) -> Iterator[str]:
    yield f"<p>{shown(heading(told))}</p>"
    if told.stories:
        yield f"<p>{shown(ONLY_PUBLISHED)}</p>"
    if not told.complete:
        yield f"<p>{shown(MORE)}</p>"
    if not told.stories and not told.people:
        yield f"<p>{shown(NOTHING)}</p>"
    yield from map(_story, told.stories)
    if told.people:
        yield "<ul>" + "".join(f"<li>{shown(person(one))}</li>" for one in told.people) + "</ul>"


def _story(story: BriefedStory) -> str:
    return "".join(_of_story(story))


def _of_story(story: BriefedStory) -> Iterator[str]:
    for number, one in enumerate(story.headlines):
        title = linked(one.title, one.url)
        # the address in words too: mail programs make the text part of this
        where = "<br>".join(shown(part) for part in (one.source or "unknown source", one.url) if part)
        yield f"<p>{title}<br>{where}</p>" if number else f"<h2>{title}</h2><p>{where}</p>"
    yield f"<p>{shown(counts(story))}</p>"
    for quote in story.quotes:
        where = shown(quote.source or "unknown source")
        yield f"<blockquote>{shown(speaker(quote))}: “{shown(quote.content)}” ({where})</blockquote>"
