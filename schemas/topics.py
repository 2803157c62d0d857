"""The topics, all in one place: what travels on each and by which key."""

from dataclasses import dataclass

from schemas.account import AccountPart
from schemas.alert import Alert, Counting, Delivery, Subscription
from schemas.article import Article, Enriched, WireArticle
from schemas.feed import Feed, FeedState
from schemas.held import HeldStage
from schemas.ledger import Forgotten, Letter, OutcomeRow
from schemas.record import Record
from schemas.story import StoryMember
from schemas.token import Token
from schemas.user import Session, User


@dataclass(frozen=True)
class Topic:
    """A named sequence of records of one type. Compacted: the last record of a key counts."""

    name: str
    record: type[Record]
    key: str
    """The record's field that is the key: it chooses the partition, and what compaction keeps."""
    compacted: bool = False
    spread: bool = False
    """As many partitions as the settings say, so that several workers share its records. Else one: its reader decides
    alone, or it is small and read from its start by everybody."""
    moment: str | None = None
    """Of a compacted topic that grows with every article: the record's field that says when it was. It is kept for as
    long as articles are, and asked for by key or by its last days; nobody holds all of it in memory."""

    def key_of(self, record: Record) -> str:
        """The key of a record of this topic."""
        return str(getattr(record, self.key))


ARTICLES = Topic("articles", Article, key="id", spread=True)
ENRICHED = Topic("enriched", Enriched, key="id")
WIRE = Topic("wire", WireArticle, key="id", spread=True)
ALERTS = Topic("alerts", Alert, key="subscription")
DEAD = Topic("dead", Letter, key="id")
OUTCOMES = Topic("outcomes", OutcomeRow, key="id", spread=True)

SUBSCRIPTIONS = Topic("subscriptions", Subscription, key="id", compacted=True)
FEEDS = Topic("feeds", Feed, key="url", compacted=True)
FEEDSTATE = Topic("feedstate", FeedState, key="url", compacted=True)
STORIES = Topic("stories", StoryMember, key="id", compacted=True, moment="first_seen")
DELIVERIES = Topic("delivery", Delivery, key="id", compacted=True, moment="at")
COUNTING = Topic("counting", Counting, key="id", compacted=True)
FORGOTTEN = Topic("forgotten", Forgotten, key="id", compacted=True)
HELD = Topic("held", HeldStage, key="id", compacted=True)
TOKENS = Topic("tokens", Token, key="name", compacted=True)
USERS = Topic("users", User, key="name", compacted=True)
SESSIONS = Topic("sessions", Session, key="id", compacted=True)
ACCOUNT = Topic("account", AccountPart, key="id", compacted=True)

TOPICS = (
    ARTICLES,
    ENRICHED,
    WIRE,
    ALERTS,
    DEAD,
    OUTCOMES,
    SUBSCRIPTIONS,
    FEEDS,
    FEEDSTATE,
    STORIES,
    DELIVERIES,
    COUNTING,
    FORGOTTEN,
    HELD,
    TOKENS,
    USERS,
    SESSIONS,
    ACCOUNT,
)
