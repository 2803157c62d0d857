"""What the poller may be told, each with its default, its meaning, and why that number."""

from dataclasses import dataclass, field

from producers.fetch import Fetcher, Gate, Limits, open_gate, user_agent
from producers.parse.shorten import MAX_BODY
from producers.politeness.schedule import Rhythm


@dataclass(frozen=True, slots=True)
class PollSettings:
    """All of them; whoever assembles the program maps its own settings onto these."""

    contact: str = ""
    """Put into the user agent (a mail or web address): a publisher who is bothered can say so."""
    allow_hosts: frozenset[str] = frozenset()
    """Names, "host" or "host:port", that may be at a private or loopback address."""
    full_text: bool = True
    """Fetch an entry's page where the feed's own text is short."""
    enough_text: int = 1500
    """Code points with which the feed's own text counts as the article: a teaser has about 250, an
    article of news 2,500 in the median."""
    host_pause_s: float = 5.0
    """Between two requests to one host: what large crawlers of news settled on."""
    concurrency: int = 256
    """Feeds in work at once. Most of them wait for a page's host; each holds one document. Ten thousand new
    feeds, each with all its pages to fetch, hold up those that are watched for half as long as with 128."""
    entries: int = 1000
    """Most entries read of one document: a news sitemap may have 1,000, honest feeds have 10 to 100."""
    feeds_every_s: float = 10.0
    """How often the list of feeds is read again: `feeds add` is heard, and a dead producer's share
    taken, within that time. Ten thousand feeds cost a hundredth of a processor so."""
    health_articles: bool = False
    """Publish a short article when a feed begins to fail, falls silent or recovers, so that an alert can
    be set on it (`source:wirewatch`). Off: not everybody wants them among the news."""
    rhythm: Rhythm = field(default_factory=Rhythm)
    feed_limits: Limits = field(default_factory=lambda: Limits(body_bytes=MAX_BODY))
    """Podcasts with all their years, and feeds with pictures within, reach 25 MB."""
    page_limits: Limits = field(default_factory=lambda: Limits(body_bytes=5_000_000, total_s=20.0))
    """A page is one of many and its article exists without it: less patience."""

    def fetcher(self, gate: Gate = open_gate) -> Fetcher:
        """What asks the web under these settings, each hop at its host's `gate`. Close it."""
        return Fetcher(agent=user_agent(self.contact), limits=self.feed_limits, allow_hosts=self.allow_hosts, gate=gate)
