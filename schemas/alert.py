"""What a person wants to hear of, what they are told, and what became of the telling."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from schemas.answers import BriefedStory, Contributor, QuoteChange
from schemas.clock import time_zone
from schemas.record import Record, Utc

ByTheClock = Literal["briefing", "contributors"]
Policy = Literal["every", "story", "digest", "briefing", "contributors"]
Status = Literal["delivered", "waiting", "kept", "refused", "counted", "noted"]
Awaited = Literal["digest", "cooldown", "quiet", "channel", "cap"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
MOST_AN_HOUR = 1000
"""The highest cap: beyond, it caps nothing, and as many moments of tellings are remembered."""


def _zone(zone: str) -> str:
    time_zone(zone)
    return zone


Zone = Annotated[str, AfterValidator(_zone)]
"""A name of the IANA time zone database, such as Europe/Kyiv."""


def _times(growth: float) -> float:
    if 0 < growth <= 1:
        raise ValueError("growth is more than the usual: 2 or 3 times, or 0 for each article")
    return growth


Times = Annotated[float, Field(ge=0, le=1000), AfterValidator(_times)]
"""How many times as usual; 0 asks for no growth."""


class QuietHours(Record):
    """No deliveries between these local times ("22:00" to "07:00"); what matches then is told after."""

    start: str = Field(pattern=CLOCK)
    end: str = Field(pattern=CLOCK)
    zone: Zone = "UTC"


class DigestTime(Record):
    """When a digest goes out: at this local time each day, or on one day of the week."""

    at: str = Field(pattern=CLOCK)
    zone: Zone = "UTC"
    day: Weekday | None = None


class Subscription(Record):
    """A standing query and whom to tell."""

    model_config = ConfigDict(hide_input_in_errors=True)

    id: str = Field(min_length=1)
    name: str
    query: str
    channels: tuple[str, ...] = Field(default=(), repr=False)
    """Apprise addresses; an alert of a subscription without any is kept and shown, not sent."""
    policy: Policy = "story"
    """every: each article; story: once per story; digest: gathered, told by `digest_minutes`. By the clock alone, of
    what has come since the last time: briefing: headlines and quotes of its stories; contributors: whom it quoted."""
    digest_minutes: int = Field(default=1440, ge=1)
    digest_time: DigestTime | None = None
    """Where it is set, digests go out then, whatever `digest_minutes` says."""
    cooldown_minutes: int = Field(default=0, ge=0)
    most_an_hour: int = Field(default=0, ge=0, le=MOST_AN_HOUR)
    """Messages in any hour; what is over it waits and comes in one. 0: no cap."""
    growth: Times = 0
    """What meets the query is only counted, and told when it is so many times as usual (alerts/growth.py)."""
    altered: bool = False
    """Who was told of a quote is told when the article has other words in its place, or none."""
    quiet: QuietHours | None = None
    muted_until: Utc | None = None
    paused: bool = False
    """Nothing is matched, and nothing sent, until it is resumed."""
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    deleted: bool = False


class Why(Record):
    """A sentence that matched; `marks` are code point ranges into `sentence` to be marked."""

    sentence: str
    marks: tuple[tuple[int, int], ...] = ()
    speaker: str | None = None


class Grown(Record):
    """More than usual."""

    origins: int
    """Independent reports in the past minutes, copies of one text once."""
    minutes: int
    usual: float
    """Origins in as many minutes at this time of the week: the median of the weeks before."""
    spread: float
    """Of the usual, as a standard deviation."""
    counted: tuple[str, ...] = ()
    """The ids of the alerts that were counted, the newest last; of very many the newest."""


class Counting(Record):
    """Since when a subscription's origins are counted: before, nothing is known of what is usual."""

    id: str
    """The subscription's."""
    query: str
    """What is counted, empty where nothing is any more; another query begins anew."""
    since: Utc


class ToldQuote(Record):
    """A quote in the sentences that were told, to be looked for again in a later revision."""

    words: str
    speaker: str | None = None


class Digested(Record):
    """What is told by the clock of a stretch of time, start <= first seen < end. Headlines and direct speech are as
    published; there is no other sentence."""

    kind: ByTheClock
    start: Utc
    end: Utc
    zone: Zone = "UTC"
    """In which its times are shown."""
    stories: tuple[BriefedStory, ...] = ()
    """Of a briefing: those of the most origins first."""
    people: tuple[Contributor, ...] = ()
    """Of contributors: those who are quoted most first."""
    complete: bool = True
    """False: there were more stories than were looked at; the newest were."""


class Alert(Record):
    """One thing to tell: an article that met a subscription, and why."""

    id: str
    """hash(subscription, scope): the scope is the story, or for policy "every" the article."""
    revision: str
    subscription: str
    subscription_name: str
    query: str
    matched_part: str
    """The part of the query that the article met."""
    scope: str
    article_id: str
    story_id: str
    title: str
    url: str | None = None
    source: str | None = None
    feed: str | None = None
    speakers: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
    published: Utc | None = None
    first_seen: Utc
    matched_at: Utc
    growth: Grown | None = None
    """Where more than usual is told: how much. The article is the newest of those that were counted."""
    quotes: tuple[ToldQuote, ...] = ()
    """Kept where the subscription asks for what is altered."""
    altered: tuple[QuoteChange, ...] = ()
    """Where it tells of quotes that were told and are not as they were: the old words and the new. `why` says it in
    sentences."""
    digested: Digested | None = None
    """Where it is told by the clock: what. It is of no article then, its ids are empty; gone once it is told."""


class Delivery(Record):
    """What became of an alert: the memory that keeps it from being told twice."""

    model_config = ConfigDict(hide_input_in_errors=True)

    id: str
    """The alert's."""
    subscription: str
    status: Status
    """counted: for growth, and nothing else; noted: of a story, of which an article was told alone; kept: nobody to
    send it to, only shown; refused: no channel can ever take it, a dead letter says why; it may still be told, as the
    others may not."""
    at: Utc
    """When this came to be so."""
    waiting_for: Awaited | None = None
    """Of what waits: the rule that put it off last, or a channel that is away."""
    due: Utc | None = None
    """When what waits is looked at again."""
    left: tuple[str, ...] = Field(default=(), repr=False)
    """Channels that are still to be told: their addresses, secrets and all."""
    message: str | None = None
    """Of what waits: the key of the message in which it went to a channel, or is about to. It goes to those that are
    left in that message, with the same others, under that key."""
    told: tuple[str, ...] = ()
    """Kinds of channels that took it ("mailto", "json"): the scheme of the address, nothing else of it."""
    problem: str | None = None
    """Why a channel never took it, where one did not; or why it was kept: old news, or an alert that
    had no channel, was muted, paused or removed."""
    alert: Alert | None = None
    """The alert itself: what waits is told from it, and lists show it."""

    @property
    def is_copy(self) -> bool:
        """Whether it waits behind another: its alert is that one's, as another article of the story makes it. It is
        told where the article of the other is forgotten untold."""
        return self.status == "waiting" and self.alert is not None and self.alert.id != self.id

    def without_words(self) -> "Delivery":
        """As it stands once its article is forgotten. That it was told stays known, so that nobody is told again; what
        it said does not."""
        status = "kept" if self.status == "waiting" else self.status
        return Delivery(id=self.id, subscription=self.subscription, status=status, at=self.at, told=self.told)


class Recorded(Record):
    """An alert, and what has become of telling it so far. No address of anybody is in it."""

    id: str
    """The alert's."""
    subscription: str
    subscription_name: str
    query: str
    matched_part: str
    status: Status
    channels: tuple[str, ...] = ()
    """Kinds of channels that took it, as "mailto" or "json"."""
    waiting_for: Awaited | None = None
    problem: str | None = None
    due: Utc | None = None
    told_at: Utc | None = None
    """When it was told to the last channel that took it; of what is delivered."""
    at: Utc
    """The last change of all this."""
    matched_at: Utc
    article_id: str
    story_id: str
    title: str
    url: str | None = None
    source: str | None = None
    feed: str | None = None
    speakers: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    """The sentences that matched."""
    published: Utc | None = None
    first_seen: Utc
    revision: str
