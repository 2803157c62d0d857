"""The table of search fields: every field of the query language, what it means, and what an article holds under it.

All else is derived from it: what is indexed (stores/document.py), SQLite's columns (stores/sqlite/schema.py),
Elasticsearch's mapping (stores/elastic/mapping.py), the matcher's look-up keys, facets, the help in the error of a
query, and the table in docs/query-language.md (`make docs`). A new field is a new row here and a new GENERATION there.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial

from schemas.article import Enriched, EntityKind
from stores.analysis.spellings import spellings
from stores.query.aliases import aliases, called
from stores.query.field import Field, KeywordField, Kind, NameField, TextField, TimeField


def _entities(name: str, meaning: str, *kinds: EntityKind, aliases: tuple[str, ...] = (), plural: str = "") -> Field:
    """A field of the names of some kinds of entities. Groups and events are found by `name` only."""
    return NameField(
        name,
        meaning,
        of=partial(_named, kinds=kinds),
        facet=True,
        counted=lambda article: [entity.name for entity in article.entities if entity.kind in kinds],
        aliases=aliases,
        plural=plural,
        entities=kinds,
    )


def _named(article: Enriched, kinds: tuple[EntityKind, ...] = ()) -> Iterable[str | None]:
    """Canonical names, their aliases and the words used, of some kinds of entities or of all."""
    known = aliases(article)
    for entity in article.entities:
        if not kinds or entity.kind in kinds:
            yield entity.name
            yield entity.text
            yield from known.get(entity.name, ())


def _spellings(article: Enriched) -> Iterable[str]:
    """Other spellings of words of the article (cease-fire, F16): found like names, by a word without a field."""
    yield from spellings(article.title)
    yield from spellings(article.text)


def _quoted(article: Enriched) -> Iterable[str | None]:
    """Canonical names of the speakers, their aliases and the words used."""
    known = aliases(article)
    for quote in article.quotes:
        if quote.speaker:
            yield from called(quote.speaker, known)


def _speakers(article: Enriched) -> Iterable[str | None]:
    return [quote.speaker.name for quote in article.quotes if quote.speaker]


ANY = "any"
"""The field of a word that names none: it is looked for in those that are `in_any`: title, text and names."""

FIELDS: tuple[Field, ...] = (
    TextField("title", "the headline", of=lambda article: article.title, short=True, in_any=True),
    TextField(
        "text",
        "the article's text; inside quotes:(…) the words quoted",
        of=lambda article: article.text,
        in_any=True,
        beside_quotes=False,
    ),
    NameField(
        "name",
        "anybody or anything named, under any alias known",
        of=lambda article: (*article.names, *_named(article), *_spellings(article)),
        in_any=True,
        beside_quotes=False,
    ),
    _entities("person", "a person who is named", "person", plural="people"),
    _entities("organisation", "an organisation that is named", "organisation", aliases=("org", "organization")),
    _entities("place", "a place that is named", "place"),
    _entities("product", "a product or weapon that is named", "product", "weapon", aliases=("weapon",)),
    NameField(
        "speaker",
        "who is quoted, directly or not",
        of=_quoted,
        facet=True,
        counted=_speakers,
        beside_quotes=False,
    ),
    Field("quotes", Kind.QUOTE, "one quote that meets everything in the parentheses", aliases=("quote",)),
    KeywordField(
        "source",
        "who published it: a host name, such as cgtn.com, which finds www.cgtn.com and news.cgtn.com as well",
        of=lambda article: article.source,
        facet=True,
        host=True,
    ),
    KeywordField(
        "language",
        "ISO 639-1 code of the text's language",
        of=lambda article: article.language,
        facet=True,
        aliases=("lang",),
    ),
    KeywordField("guid", "the id that its publisher gave it", of=lambda article: article.guid, beside_quotes=False),
    KeywordField("feed", "the address of the feed that it came by", of=lambda article: article.feed),
    KeywordField(
        "story", "the id of the story that it belongs to", of=lambda article: article.story_id, record="story_id"
    ),
    # The column `id` is the record's own: an id is found whatever its capitals.
    KeywordField("id", "the article's own id", of=lambda article: article.id, sql="id_folded", beside_quotes=False),
    TimeField("published", "when the publisher says that it was published", of=lambda article: article.published),
    TimeField("first_seen", "when wirewatch first saw it", of=lambda article: article.first_seen, aliases=("seen",)),
)
QUOTE_FIELDS = (
    Field("text", Kind.TEXT, "the words quoted"),
    Field("speaker", Kind.NAME, "who says it"),
    Field("kind", Kind.KEYWORD, "direct, indirect or mixed"),
)
"""The fields inside quotes:(…)."""

TEXTS = tuple(one for one in FIELDS if isinstance(one, TextField))
NAMES = tuple(one for one in FIELDS if isinstance(one, NameField))
KEYWORDS = tuple(one for one in FIELDS if isinstance(one, KeywordField))
TIMES = tuple(one for one in FIELDS if isinstance(one, TimeField))
COUNTABLE: tuple[NameField | KeywordField, ...] = (
    *(one for one in NAMES if one.facet),
    *(one for one in KEYWORDS if one.facet),
)
"""Those whose most frequent values a search can count."""
VALUES: tuple[KeywordField | TimeField, ...] = (*KEYWORDS, *TIMES)
"""Those of one value."""

ANY_TEXTS = tuple(one.name for one in TEXTS if one.in_any)
ANY_NAMES = tuple(one.name for one in NAMES if one.in_any)

NAMES_IN_NAME = tuple(one for one in NAMES if one.in_any or one.entities)
"""Those whose names a word without a field finds as well."""

ARTICLE = {name: one for one in FIELDS for name in (one.name, *one.aliases)}
IN_QUOTE = {name: one for one in QUOTE_FIELDS for name in (one.name, *one.aliases)}


def nearest(name: str, among: dict[str, Field]) -> str | None:
    """The field whose name is most like `name`, if any is."""
    close = get_close_matches(name.lower(), among, n=1)
    return close[0] if close else None
