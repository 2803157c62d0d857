"""The questions that a program asks of an installation, over its reading port; answered with the API's records."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Self

from producers.polling.health import judged
from runtime.ports import Reader
from schemas.alert import Recorded
from schemas.answers import Person
from schemas.article import WireArticle
from schemas.clock import Clock, utc_now
from schemas.in_force import alerts_in_force, watched
from stores import listings
from stores.archive import saying
from stores.paged import paged
from stores.query import Query, parse
from stores.store import Order, Said
from stores.stories import of_story
from web.shapes.alerts import AlertShown
from web.shapes.archive import FoundStory
from web.shapes.articles import FoundArticle, FoundQuote
from web.shapes.feeds import FeedShown
from web.shapes.operations import LedgerShown, StageShown
from wirewatch.compose.open import open_reader
from wirewatch.desk.rows import Rows
from wirewatch.settings import Settings

# Articles are read whole, some 5 KB each: half a megabyte at once.
PAGE = 100


class Desk:
    """An installation opened to read, beside whoever writes it. Its questions raise Hold where log or store are away.

    A context manager; `close` does the same.
    """

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        """Raises ControlError where there is no such installation."""
        self._clock = clock
        self._open = ExitStack()
        self._reader: Reader = self._open.enter_context(open_reader(settings))

    def search(self, query: str = "*", order: Order = "newest") -> Rows[FoundArticle]:
        """Articles that meet a query, with the sentence that does. Raises QueryError."""
        return self._found(parse(query, self._clock()), order)

    def article(self, id: str) -> WireArticle | None:
        """One article whole, or None."""
        return self._reader.store.get(id)

    def story(self, id: str) -> Rows[FoundArticle]:
        """The articles of a story, the newest first."""
        return self._found(of_story(id), "newest")

    def stories(self, query: str = "*") -> Rows[FoundStory]:
        """Stories with an article that meets a query, that whose newest came last first. Raises QueryError."""
        wanted = parse(query, self._clock())
        pages = listings.stories(self._reader.store, wanted, PAGE)
        return Rows(FoundStory, lambda: (FoundStory.of(hit, wanted) for hit in paged(pages)))

    def person(self, name: str) -> Person | None:
        """Somebody who is quoted, by canonical name or id: how often, where, with whom, and what was said last; None
        where nobody of that name is. All that was said: `quotes(speaker=name)`.
        """
        meant = saying.people_called(self._reader.store, name)
        return saying.person(self._reader.store, meant[0], Said(), PAGE) if meant else None

    def quotes(self, speaker: str | None = None, about: str | None = None) -> Rows[FoundQuote]:
        """Who said what, the newest article's first: by a speaker, a name or a part of one; or whose words meet the
        query `about`. Raises QueryError.
        """
        said = Said(speaker=speaker, about=parse(about, self._clock(), in_quote=True) if about else None)
        pages = listings.quotes(self._reader.store, said, PAGE)
        return Rows(FoundQuote, lambda: (FoundQuote.of(hit.article, hit.quote) for hit in paged(pages)))

    def alerts(self) -> Rows[AlertShown]:
        """The alerts that are on, by name; of their channels only what is not secret."""
        return Rows(AlertShown, lambda: (AlertShown.of(one) for one in alerts_in_force(self._reader.state)))

    def notifications(
        self, alert: str | None = None, article: str | None = None, since: datetime | None = None
    ) -> Rows[Recorded]:
        """What was alerted, the latest first: of an alert by its name or id, of an article by its id, since then.

        Raises ValueError for a time without a zone.
        """
        if since is not None and since.tzinfo is None:
            raise ValueError("since: a time needs its zone, as datetime(2026, 1, 2, tzinfo=UTC)")
        pages = listings.alerts(self._reader.store, PAGE, alert, article, since)
        return Rows(Recorded, lambda: paged(pages))

    def feeds(self) -> Rows[FeedShown]:
        """The feeds that are watched, by address, and how each does by its own habit."""
        return Rows(FeedShown, self._feeds)

    def status(self) -> Rows[StageShown]:
        """How each stage stands: what waits before it, and what it waits for."""
        return Rows(StageShown, lambda: (StageShown.of(report) for report in self._reader.status()))

    def ledger(self) -> LedgerShown:
        """The proof that nothing is lost: fetched = indexed + dropped + dead + in flight."""
        return LedgerShown.of(self._reader.ledger())

    def close(self) -> None:
        """Let go of the file or of the connections."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _found(self, wanted: Query, order: Order) -> Rows[FoundArticle]:
        pages = listings.articles(self._reader.store, wanted, PAGE, order)
        return Rows(FoundArticle, lambda: (FoundArticle.of(one, wanted) for one in paged(pages)))

    def _feeds(self) -> Iterator[FeedShown]:
        for feed in watched(self._reader.state):
            yield FeedShown.of(feed, judged(feed, self._reader.state, self._clock()))
