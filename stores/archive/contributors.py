"""Whom a source, or all of them, quoted in a time: how often, new or as always, and beside other sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from schemas.answers import Contributor, Contributors
from stores.archive.saying import speaker_line
from stores.archive.window import beginning, between, within
from stores.query import Query
from stores.query.hosts import asked_host
from stores.query.tree import And, Everything, Keyword, Node, Not
from stores.store import Said, SpeakerCount, Store


def contributors(
    store: Store, source: str | None, since: str, until: str | None, now: datetime, limit: int
) -> Contributors:
    """The people quoted most. `source`: a host, as `source:` takes it. Raises WindowError."""
    about: Node = Everything() if source is None else Keyword("source", asked_host(source.lower()), host=True)
    time = within(Query("*", Everything()), since, until, now).root
    return compared(store, about, time, beginning("since", since, now), limit)


def compared(store: Store, about: Node, time: Node, start: datetime, limit: int) -> Contributors:
    """The people quoted most in the articles that meet `about` and are of that time, which begins at `start`: beside
    what was published before it, and beside other articles of that time."""
    here = store.speakers(Said(where=_query(And((about, time)))), limit)
    names = [one.name for one in here]
    earlier = _quotes_of(store, between(_query(about), None, start), names)
    others = None if about == Everything() else _query(And((Not(about), time)))
    elsewhere = _quotes_of(store, others, names) if others else {}
    people = tuple(_contributor(one, earlier, elsewhere) for one in here)
    return Contributors(
        people=people,
        quotes=sum(one.quotes for one in people),
        words=sum(one.words for one in people),
        new=sum(one.new for one in people),
    )


def _query(node: Node) -> Query:
    return Query(str(node), node)


def _quotes_of(store: Store, where: Query, names: Sequence[str]) -> dict[str, int]:
    if not names:
        return {}
    return {one.name: one.quotes for one in store.speakers(Said(where=where), len(names), names)}


def _contributor(one: SpeakerCount, earlier: Mapping[str, int], elsewhere: Mapping[str, int]) -> Contributor:
    known = earlier.get(one.name, 0)
    return Contributor(
        **speaker_line(one).model_dump(), earlier=known, new=not known, elsewhere=elsewhere.get(one.name, 0)
    )
