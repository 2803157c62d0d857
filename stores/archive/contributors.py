"""Whom a source, or all of them, quoted in a time: how often, new or as always, and beside other sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from schemas.answers import Contributor, Contributors
from stores.archive.saying import speaker_line
from stores.archive.window import before, within
from stores.query import Query
from stores.query.hosts import asked_host
from stores.query.tree import Everything, Keyword, Node, Not
from stores.store import Said, SpeakerCount, Store


def contributors(
    store: Store, source: str | None, since: str, until: str | None, now: datetime, limit: int
) -> Contributors:
    """The people quoted most. `source`: a host, as `source:` takes it. Raises WindowError."""
    node: Node = Everything() if source is None else Keyword("source", asked_host(source.lower()), host=True)
    here = store.speakers(Said(where=within(_query(node), since, until, now)), limit)
    names = [one.name for one in here]
    earlier = _quotes_of(store, before(_query(node), since, now), names)
    elsewhere = _quotes_of(store, within(_query(Not(node)), since, until, now), names) if source is not None else {}
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
