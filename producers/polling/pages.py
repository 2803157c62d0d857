"""Pending articles -> articles with their pages' text, fetched where robots.txt allows it; what failed is owed.

Knows neither which entries want their page (polling.new_entries) nor when one is asked for again
(polling.page_retries).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from producers.article.build import make_article
from producers.article.identity import canonical_url
from producers.fetch import Fetch, FetchError, NotModified
from producers.fetch.ssrf import host_of
from producers.fulltext import Page, RepeatedTexts
from producers.parse import Entry
from producers.politeness.host_throttle import HostThrottle
from producers.politeness.robots import Robots
from producers.polling.languages import language_of
from producers.polling.new_entries import FeedDiff, PendingArticle
from producers.polling.page_retries import after_try
from producers.polling.settings import PollSettings
from schemas.address import cleaned_of, public, secrets_of, with_login_of
from schemas.article import Article
from schemas.clock import Clock
from schemas.feed import Feed

Extract = Callable[[bytes, str], Awaitable[Page]]
"""HTML and its address, or a transcript and its kind -> its text; an empty Page where there is none. Never raises."""

# An article does not wait longer for its page; a host rests for so long only after 429 or 503.
LONGEST_WAIT_S = 300.0


class Pages:
    """Completes pending articles: the page is fetched where the feed's own text is short and robots.txt allows it."""

    def __init__(
        self,
        fetch: Fetch,
        extract: Extract,
        transcribe: Extract,
        robots: Robots,
        throttle: HostThrottle,
        settings: PollSettings,
        clock: Clock,
    ) -> None:
        self._fetch = fetch
        self._extract = extract
        self._transcribe = transcribe
        self._robots = robots
        self._throttle = throttle
        self._settings = settings
        self._clock = clock
        self._texts = RepeatedTexts()

    async def complete(self, feed: Feed, diff: FeedDiff) -> AsyncIterator[Article]:
        """The articles in the order of `diff.pending`; one whose page cannot be had keeps the feed's text.

        One that was published with it before comes only where its page made more of it.
        """
        for pending in diff.pending:
            article = await self._completed(feed, pending, diff) if pending.page else pending.article
            if pending.tries and article.revision == pending.article.revision:
                continue
            if not pending.tries:
                diff.sent.append(language_of(article))
            yield _shown(article, feed)

    async def _completed(self, feed: Feed, pending: PendingArticle, diff: FeedDiff) -> Article:
        """The article with its page, where that can be had; what is owed of it is noted."""
        entry = pending.entry
        link = str(entry.transcript or entry.link)
        diff.tried[pending.key] = None
        try:
            page = await self._page(with_login_of(link, feed.private), entry)
        except FetchError as error:
            if error.passing:
                rest_s = self._throttle.wait_s(host_of(error.url or link))
                diff.tried[pending.key] = after_try(pending.tries, rest_s, self._clock())
            return pending.article
        if not page.transcript:
            page = replace(page, repeated=self._texts.came_from_another(canonical_url(link), page.text))
        article = pending.article
        return make_article(entry, feed.origin or feed.url, page, article.fetched_at, article.id)

    async def _page(self, url: str, entry: Entry) -> Page:
        """Raises FetchError where the page, or a page that it redirects to, cannot be had."""
        await self._admit(url)
        answer = await self._fetch(url, limits=self._settings.page_limits, onward=self._admit)
        assert not isinstance(answer, NotModified)
        if entry.transcript:
            kind = entry.transcript_kind or answer.headers.get("content-type", "")
            return await self._transcribe(answer.body, kind)
        return await self._extract(answer.body, public(answer.url))

    async def _admit(self, url: str) -> None:
        """Raises FetchError where robots.txt keeps us from a page, or its host rests for too long."""
        host, verdict = host_of(url), await self._robots.verdict(url)
        if verdict.delay_s:
            self._throttle.slow(host, verdict.delay_s)
        if not verdict.allowed:
            raise FetchError(f"{url}: robots.txt keeps it from us", url=url, lasting=verdict.known)
        if self._throttle.wait_s(host) > LONGEST_WAIT_S:
            raise FetchError(f"{url}: its host wants to be left alone", url=url)


def _shown(article: Article, feed: Feed) -> Article:
    """The article under the feed's present address, and without the secrets that its publisher wrote into its own."""
    changes: dict[str, str | None] = {"feed": feed.url} if feed.origin else {}
    if feed.private:
        secrets, named = secrets_of(feed.private), {"url": article.url, "guid": article.guid}
        changes |= {name: cleaned_of(said, secrets) for name, said in named.items() if said and "://" in said}
    return article.model_copy(update=changes) if changes else article
