"""Who said what, who speaks of something, and all that one person said."""

from collections.abc import Sequence

from schemas.answers import Counted, LinesOfQuotes, Person, QuoteLine, SpeakerLine
from stores.analysis.tokens import name_terms
from stores.archive.finding import PAGE, counted
from stores.paged import filled
from stores.query import Query
from stores.query.tree import And, InQuote, Node, Words
from stores.store import QuoteHit, Said, SpeakerCount, Store

# Who and what is named beside a person: the fields that are counted of names.
BESIDE = ("person", "organisation", "place", "product")
# People of one family name among whom a person may have to choose.
NAMESAKES = 50


def quotes(store: Store, said: Said, limit: int, after: str | None = None) -> LinesOfQuotes:
    """A page of quotes, of any size. Raises ValueError for an `after` that no page gave, QueryError as the store."""
    lines, last = filled(
        lambda most, behind: store.quotes(said, most, behind),
        lambda page: map(quote_line, page.quotes),
        limit,
        after,
        PAGE,
    )
    return LinesOfQuotes(total=last.total, total_exact=last.total_exact, quotes=tuple(lines), next=last.next)


def who(store: Store, said: Said, limit: int) -> tuple[SpeakerLine, ...]:
    """Who says these quotes: how often, in which sources, since when; most often quoted first."""
    return tuple(map(speaker_line, store.speakers(said, limit)))


def by_id(store: Store, typed: str) -> str | None:
    """The id, where somebody who is quoted has it: names are no ids, so any other text is None."""
    found = store.speakers(Said(person=typed), 1)
    return typed if found and found[0].id == typed else None


def people_called(store: Store, name: str) -> list[SpeakerLine]:
    """The people who are quoted and may be meant: by id or by the whole canonical name one, else all so called."""
    exact = store.speakers(Said(person=name), 1)
    if exact:
        return [speaker_line(exact[0])]
    found = store.speakers(Said(speaker=name), NAMESAKES)
    wanted = name_terms(name)
    whole = [one for one in found if name_terms(one.name) == wanted]
    # Found by the words used of them too ("Trump's lawyer"); by an alias no name has the words.
    so_called = [one for one in found if f" {' '.join(wanted)} " in f" {' '.join(name_terms(one.name))} "]
    return [speaker_line(one) for one in (whole or so_called or found)]


def person(store: Store, speaker: SpeakerLine, said: Said, limit: int, after: str | None = None) -> Person:
    """All that somebody said, with who and what is named in the same articles. `said` may narrow it."""
    wanted = Said(person=speaker.name, about=said.about, where=said.where)
    return Person(
        speaker=speaker,
        beside=_beside(store, speaker, said),
        said=quotes(store, wanted, limit, after),
    )


def quoting(speaker: SpeakerLine, said: Said) -> Query:
    """The articles in which somebody says this."""
    speaking: Node = Words("speaker", f'"{speaker.name}"', (), tuple(name_terms(speaker.name)))
    if said.about is not None:
        speaking = InQuote(And((speaking, said.about.root)))
    root = speaking if said.where is None else And((speaking, said.where.root))
    return Query(speaker.name, root)


def _beside(store: Store, speaker: SpeakerLine, said: Said) -> dict[str, tuple[Counted, ...]]:
    found = store.search(quoting(speaker, said), 0, facets=BESIDE).facets
    return {field: _without(counted(values), speaker.name) for field, values in found.items()}


def _without(values: Sequence[Counted], name: str) -> tuple[Counted, ...]:
    return tuple(one for one in values if one.value != name)


def quote_line(hit: QuoteHit) -> QuoteLine:
    """A quote with its words, and where it was said."""
    where = hit.article
    return QuoteLine(
        **hit.quote.model_dump(),
        content=hit.text,
        article_id=where.id,
        title=where.title,
        source=where.source,
        url=where.url,
        published=where.published,
        first_seen=where.first_seen,
        story_id=where.story_id,
        language=where.language,
    )


def speaker_line(count: SpeakerCount) -> SpeakerLine:
    """How often somebody is quoted."""
    return SpeakerLine(
        name=count.name,
        id=count.id,
        quotes=count.quotes,
        articles=count.articles,
        words=count.words,
        sources=counted(count.sources),
        first_published=count.first_published,
        last_published=count.last_published,
        first_seen=count.first_seen,
    )
