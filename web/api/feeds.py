"""/feeds: which feeds are watched, how they are, and changing that."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Response

from producers import opml
from producers.fetch.ssrf import Refused, check_url
from producers.polling.health import judged
from schemas.feed import Feed
from schemas.in_force import watched
from schemas.outcome import Output
from schemas.topics import FEEDS
from web.access import needs
from web.api.given import Here
from web.installation import Installation, SiteError
from web.problems import ProblemError
from web.shapes.feeds import FeedList, FeedPut, FeedShown, PollRequest
from web.shapes.operations import ActedOn

router = APIRouter(tags=["feeds"], dependencies=[Depends(needs("read"))])
CHANGING = [Depends(needs("feeds"))]
OPML_TYPE = "text/x-opml"


def _shown(here: Installation, feed: Feed) -> FeedShown:
    return FeedShown.of(feed, judged(feed, here.reader.state, here.clock()))


@router.get("/feeds")
def feeds(here: Here) -> FeedList:
    """The feeds that are watched, and how each does by its own habit."""
    return FeedList(feeds=[_shown(here, feed) for feed in watched(here.reader.state)])


@router.post("/feeds", status_code=201, dependencies=CHANGING)
def add(here: Here, wanted: FeedPut) -> FeedShown:
    """Watch a feed, or the first feed of a site. It is polled within seconds."""
    try:
        check_url(wanted.url)
        url = wanted.url if wanted.unseen else here.find_feeds(wanted.url)[0].url
    except (Refused, SiteError) as error:
        raise ProblemError(422, f"url: {error}") from error
    now = here.clock()
    feed = Feed(url=url, title=wanted.title, tags=tuple(wanted.tags), added=now, asked=now)
    with here.acting() as control:
        control.publish([Output(FEEDS, feed)])
    return _shown(here, feed)


@router.delete("/feeds", status_code=204, dependencies=CHANGING)
def remove(here: Here, url: Annotated[str, Query(max_length=2_000)]) -> None:
    """Stop watching a feed; its articles stay."""
    feed = _known(here, url)
    with here.acting() as control:
        control.publish([Output(FEEDS, feed.model_copy(update={"deleted": True}))])


def _known(here: Installation, url: str) -> Feed:
    feed = next((one for one in watched(here.reader.state) if one.url == url), None)
    if feed is None:
        raise ProblemError(404, "url: no such feed is watched")
    return feed


@router.post("/feeds/poll", status_code=202, dependencies=CHANGING)
def poll(here: Here, wanted: PollRequest) -> ActedOn:
    """Have feeds polled now: within seconds, each host's at its pace."""
    chosen = [_known(here, url) for url in dict.fromkeys(wanted.urls)] or watched(here.reader.state)
    now = here.clock()
    with here.acting() as control:
        control.publish([Output(FEEDS, feed.model_copy(update={"asked": now})) for feed in chosen])
    return ActedOn(number=len(chosen))


@router.get("/feeds.opml", response_class=Response, responses={200: {"content": {OPML_TYPE: {}}}})
def export(here: Here) -> Response:
    """The watched feeds as OPML."""
    return Response(opml.write(watched(here.reader.state)), media_type=OPML_TYPE)


@router.post("/feeds.opml", status_code=201, dependencies=CHANGING)
def import_opml(here: Here, document: Annotated[bytes, Body(media_type=OPML_TYPE)]) -> ActedOn:
    """Watch all feeds of an OPML document; folders become tags."""
    try:
        found = opml.read(document)
    except opml.OpmlError as error:
        raise ProblemError(422, str(error)) from error
    now = here.clock()
    with here.acting() as control:
        control.publish([Output(FEEDS, feed.model_copy(update={"added": now})) for feed in found])
    return ActedOn(number=len(found))
