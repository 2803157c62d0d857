"""What the HTTP face is given of an installation: its two ports, and a way to look at a site's feeds."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from runtime.ports import Control, Reader
from schemas.clock import Clock, utc_now
from schemas.topics import TOPICS, Topic


class SiteError(Exception):
    """A site could not be asked for its feeds, or has none: one line for a person."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a site has."""

    url: str
    title: str | None
    entries: int


@dataclass(frozen=True)
class Installation:
    """Thread-safe, as its Reader is."""

    reader: Reader
    acting: Callable[[], AbstractContextManager[Control]]
    """Opens the acting port for one action. Raises ControlError, Hold."""
    find_feeds: Callable[[str], Sequence[FoundFeed]]
    """The feeds that an address is or leads to, best first. Raises SiteError."""
    channel_problem: Callable[[str], str | None]
    """Why an address of a channel cannot work, or may not be told; None where it may."""
    clock: Clock = field(default=utc_now)
    topics: Mapping[str, Topic] = field(default_factory=lambda: {topic.name: topic for topic in TOPICS})
    """Every topic by name, those of its own stages among them."""
