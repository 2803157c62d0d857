"""Every step as a function from a JSON object to a JSON object: what `wirewatch step NAME` runs over lines.

Fields that a step does not know pass through, so that steps compose; a field that it needs and is missing is
an error with its name.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from alerts.match import numbers
from processors.sketch import signature_of
from processors.story import StoryStep
from producers import fulltext, parse
from producers.article.build import announced, make_article
from producers.article.identity import article_id, canonical_url, revision
from producers.parse import Entry
from producers.repair import repair
from schemas.article import Article, Enriched
from schemas.clock import utc_now
from schemas.story import StoryMember
from wirewatch.compose.sandbox import Reading
from wirewatch.settings import Settings

Row = dict[str, Any]
Filter = Callable[[Row], Row]


class BadRow(ValueError):  # noqa: N818 - told to a person, in one line
    """A row that the step cannot take; the message says which field and why."""


def make(name: str, settings: Settings, reading: Reading, queries: Sequence[str] = ()) -> Filter:
    """The filter of a step; `queries` is for match alone. Raises QueryError where one does not parse."""
    if name == "match":
        return numbers(queries)
    if name == "enrich":
        return _enrich(settings)
    if name == "story":
        return _story(settings)
    if name == "fulltext":
        return _fulltext(reading)
    if name == "identify":
        return _identify
    return _repair if name == "repair" else lambda row: parse.step(row, reading.feed)


NAMES = ("parse", "identify", "fulltext", "repair", "enrich", "story", "match")


def _fulltext(reading: Reading) -> Filter:
    """`{"id", "url", "html" | "html_base64"}`, and what a feed says: `"title", "summary", "language"`.

    The answer's text is what the article's becomes; `wall` is what stands before it, or in its place.
    """

    def step(row: Row) -> Row:
        url = str(row["url"]) if row.get("url") else None
        title, summary = (str(row.get(name) or "") for name in ("title", "summary"))
        entry = Entry(title=title, link=url, summary=summary, language=row.get("language") or None)
        try:
            page = fulltext.judged(reading.page(_html(row), url), entry.title, announced(entry))
        except fulltext.PageError as error:
            raise BadRow(f"{url or 'the page'}: {error}") from error
        article = make_article(entry, "", page, utc_now())
        return {
            "id": row.get("id"),
            "text": article.text,
            "title": article.title or page.title,
            "published": page.published.isoformat() if page.published else None,
            "url": page.url,
            "language": page.language,
            "wall": page.wall,
        }

    return step


def _html(row: Row) -> bytes | str:
    """A page as text, or its bytes, whose encoding is then found."""
    encoded = row.get("html_base64")
    if not isinstance(encoded, str):
        return str(row.get("html") or "")
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise BadRow(f"html_base64: no base64 ({error})") from error


def _identify(row: Row) -> Row:
    """`{"id", "url"}` -> the url in its canonical form, and the id of the article at it."""
    url = str(_needed(row, "url"))
    return row | {"url": canonical_url(url), "article_id": article_id(url)}


def _repair(row: Row) -> Row:
    fixed = repair(_text(row), row.get("language"))
    return row | {"text": fixed.text, "repairs": fixed.repairs}


def _enrich(settings: Settings) -> Filter:
    """Offsets in the answer are code points of the text given."""
    # loaded here alone: it takes a second, and no other step needs it
    from processors.enrich import Enricher

    enricher = Enricher(settings.profile)

    def step(row: Row) -> Row:
        enriched = enricher.read(_article(row))
        said = enriched.model_dump(mode="json", include=set(Enriched.model_fields) - set(Article.model_fields))
        return row | {"language": enriched.language} | said

    return step


def _story(settings: Settings) -> Filter:
    members: dict[str, StoryMember] = {}  # in the place of the log, which knows every article by its id
    stage = StoryStep(hours=settings.story_hours, known=members.get)

    def step(row: Row) -> Row:
        article = _article(row)
        enriched = Enriched(
            **dict(article), signature=row.get("signature") or signature_of(article.title, article.text)
        )
        members[enriched.id] = stage.member(enriched)
        return row | {"story_id": members[enriched.id].story_id}

    return step


def _article(row: Row) -> Article:
    """The least that a step needs to know, taken from any row with an id and a text."""
    text, title = _text(row), str(row.get("title") or "")
    language = row.get("language")
    try:
        return Article(
            id=str(_needed(row, "id")),
            revision=row.get("revision") or revision(title, text),
            title=title,
            text=text,
            language=language if isinstance(language, str) else None,
            fetched_at=row.get("fetched_at") or utc_now(),
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise BadRow(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _text(row: Row) -> str:
    text = _needed(row, "text")
    if not isinstance(text, str):
        raise BadRow("text: it must be a string")
    return text


def _needed(row: Row, name: str) -> Any:
    if row.get(name) is None:
        raise BadRow(f"{name}: it is missing")
    return row[name]
