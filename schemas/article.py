"""An article at the three points of its way: as it came, with what it says, and with its story.

All offsets are Unicode code points into `text`, half-open: text[start:end] is the surface, exactly.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from schemas.record import Record, Utc

EntityKind = Literal["person", "organisation", "place", "product", "weapon", "group", "event"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Factuality = Literal["said", "denied", "asked", "unsaid"]
"""As in annotations of attribution: whether somebody said it, said that it is not so, was asked it, or did not say it
("declined to say whether")."""


class Span(Record):
    """A stretch of the article's text, in code points, half-open."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span must not be empty: start {self.start}, end {self.end}")
        return self


class Article(Record):
    """An article as a producer publishes it: complete and repaired: a replay never touches the web."""

    id: str = Field(min_length=1)
    """Hash of the canonical address; without one, of feed and guid (producers.article.identity)."""
    revision: str
    """Hash of title and text: an edited article keeps its id and gets a new revision."""
    title: str = ""
    text: str
    url: str | None = None
    feed: str | None = None
    """The address of the feed it came by, or the name of the import."""
    guid: str | None = None
    source: str | None = None
    """Who published it: the host name of `url`, or what an import says."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    """ISO 639-1. Until enrich this is the publisher's claim; after it, what the text is in."""
    published: Utc | None = None
    """What the publisher says; never used as a cursor."""
    published_flag: Literal["missing", "absurd", "unsure"] | None = None
    updated: Utc | None = None
    fetched_at: Utc
    original: str | None = None
    """The text before it was repaired and composed, kept where that changed anything."""
    repairs: int = Field(default=0, ge=0)
    truncated: bool = False
    """The body was over the cap and was cut at a sentence."""
    silent: bool = False
    """A replay, or an import of an archive: stored and searchable like any other, but nobody is alerted."""


class Entity(Span):
    """One mention of somebody or something. `name` is canonical within the article."""

    kind: EntityKind
    text: str
    name: str
    id: str | None = None
    """Stable over articles: the same for the same canonical name and kind."""
    wikidata: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, lower case, for places."""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class Speaker(Span):
    """Who is speaking: the words used here, and whom they stand for ("he" -> Dmitry Peskov)."""

    text: str
    name: str | None = None
    id: str | None = None


class Quote(Span):
    """What somebody said; the span is the content without its outer quote marks."""

    kind: QuoteKind
    cue: Span | None = None
    """The reporting expression: "said", "according to"."""
    speaker: Speaker | None = None
    """Who said it; of what was not said, who did not say it or was asked."""
    factuality: Factuality = "said"
    group: int | None = None
    """Pieces of one interrupted quotation ("A," she said, "B") share a number."""


class Enriched(Article):
    """An article with who and what it names and who said what."""

    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """What was said, and what somebody denied."""
    unsaid: tuple[Quote, ...] = ()
    """What the text says was not said, or was asked of somebody: no search, no list of quotes and no alert reads it."""
    names: tuple[str, ...] = ()
    """Canonical names and their aliases, for search: no engine expands anything."""
    signature: str = ""
    """Near-duplicate signature (processors.sketch), base64."""
    model: str = ""
    """Name of the model that read it."""
    generation: int = Field(default=0, ge=0, le=15)
    """Generation of that model, for the store's version: fetched_at in ms x 16 + generation."""
    notes: tuple[str, ...] = ()
    """What was not done and why, in plain words: no model for the language, length over the cap."""


class WireArticle(Enriched):
    """An enriched article that belongs to a story."""

    story_id: str
    """The id of the story's first article."""
    first_seen: Utc
    """When the first revision of this article was first seen; fixed for good, chooses the monthly index."""

    @property
    def version(self) -> int:
        """The store's external version: a newer fetch wins; at the same fetch, the newer model."""
        return int(self.fetched_at.timestamp() * 1000) * 16 + self.generation
