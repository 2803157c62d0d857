"""/stories, /briefing, /places, /speakers, /people and so on: what a desk asks of its archive.

The answers are those of the command line (stores/archive), but for articles, which have the shape of /articles.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from schemas.answers import Briefing, Contributors, LinesOfChanges, NamedPlaces, Person, Summary
from stores.archive import briefing as briefed
from stores.archive import changes as changed
from stores.archive import completing, finding, saying
from stores.archive import contributors as quoted
from stores.archive.places import named_places
from stores.archive.window import within
from web.access import needs
from web.api.articles import known
from web.api.given import (
    About,
    After,
    Day,
    Here,
    Limit,
    Text,
    Until,
    When,
    Where,
    Zone,
    after_told,
    read,
    said,
    window_told,
)
from web.problems import ProblemError
from web.shapes.archive import Completions, SpeakerList, StoryPage

router = APIRouter(tags=["archive"], dependencies=[Depends(needs("read"))])


@router.get("/stories")
def stories(here: Here, q: Text = "*", limit: Limit = 20, after: After = None) -> StoryPage:
    """Stories with an article that meets a query, that whose newest came last first; copies and origins counted."""
    wanted = read(q, here)
    with after_told():
        return StoryPage.of(here.reader.store.stories(wanted, limit, after), wanted)


@router.get("/briefing")
def briefing(here: Here, day: Day = "", zone: Zone = "UTC", q: Text = "*", limit: Limit = 10) -> Briefing:
    """A day's stories, those of the most origins first, told with headlines and quotes: nothing is summed up."""
    wanted = read(q, here)
    with window_told():
        _, start, end = briefed.day_of(day or None, zone, here.clock())
    return briefed.briefing(here.reader.store, wanted, start, end, limit)


@router.get("/places")
def places(here: Here, q: Text = "*", since: When = "now-7d", until: Until = None, limit: Limit = 100) -> NamedPlaces:
    """Which places are named in a time, where they lie, and in how many stories; that of the most first."""
    wanted = read(q, here)
    with window_told():
        return named_places(here.reader.store, within(wanted, since, until, here.clock()), limit)


@router.get("/histogram")
def histogram(here: Here, q: Text = "*") -> Summary:
    """How the articles lie in time, by their dates: bars of an hour, a day or a month."""
    return finding.histogram(here.reader.store, read(q, here))


@router.get("/completions")
def completions(here: Here, q: Text = "") -> Completions:
    """Whole queries that one may become by its last word: fields, and names that the archive has."""
    return Completions(queries=list(completing.completions(here.reader.store, q, here.clock)))


@router.get("/speakers")
def speakers(here: Here, q: About = None, where: Where = None, limit: Limit = 20) -> SpeakerList:
    """Who speaks of it: how often, in which sources, since when; most often quoted first."""
    return SpeakerList(speakers=list(saying.who(here.reader.store, said(here, None, q, where), limit)))


@router.get("/people/{name:any}")
def person(
    here: Here,
    name: Annotated[str, Path(max_length=200, description="A canonical name or an id.")],
    q: About = None,
    where: Where = None,
    limit: Limit = 20,
    after: After = None,
) -> Person:
    """All that somebody said, with who and what is named in the same articles."""
    meant = saying.people_called(here.reader.store, name)
    if not meant:
        raise ProblemError(404, "nobody of that name is quoted")
    with after_told():
        return saying.person(here.reader.store, meant[0], said(here, None, q, where), limit, after)


@router.get("/contributors")
def contributors(
    here: Here,
    source: Annotated[str | None, Query(max_length=200, description="A host; without one, all sources.")] = None,
    since: When = "now-7d",
    until: Until = None,
    limit: Limit = 20,
) -> Contributors:
    """Whom a source, or all, quoted in a time: how often, how many words, new or as always, beside other sources."""
    with window_told():
        return quoted.contributors(here.reader.store, source, since, until, here.clock(), limit)


@router.get("/articles/{id:any}/changes")
def changes_of(here: Here, id: str) -> LinesOfChanges:
    """What was changed in an article after it was published, the first first: sentences, and quotes."""
    known(here, id)
    return LinesOfChanges(changes=changed.changes_of(here.reader.store, id), next=None)


@router.get("/changes")
def changes(
    here: Here,
    quotes: Annotated[bool, Query(description="Only where a quote is not as it was.")] = False,
    limit: Limit = 20,
    after: After = None,
) -> LinesOfChanges:
    """What was changed after publication, the last first."""
    with after_told():
        return changed.recent(here.reader.store, None, limit, after, quotes)
