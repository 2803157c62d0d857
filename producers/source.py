"""The port of a source: where articles come from.

Polling feeds is one (producers/sources/feeds.py); a folder of files, or somebody's Kafka topic, is another. A source is
a file that implements this, and a line in the list of sources (wirewatch/sources.py).
"""

import threading
from typing import Protocol

from schemas.state import Publish, State


class Source(Protocol):
    """Brings articles until it is told to stop, or has no more.

    `run` blocks, in a thread of its own: one that works with asyncio runs a loop of its own in it. It is called with

    - `publish`: puts articles on the topic `articles`, and records on compacted topics; returns when they are safe.
      From any thread. Raises Hold while the log is away.
    - `state`: the last record of each key of the compacted topics.
    - `stop`: set once, when the source is to return within seconds. What is at hand then is given up, and comes again.

    and returns when it has no more, or soon after `stop`. Where it raises Hold, or anything else, it is called again
    after a pause: what it has published stays published.

    Delivery is at least once: a source remembers by itself how far it is (on a compacted topic, as its group's offset,
    by the name of a file that is done), and only after `publish` has returned. What comes twice in the same revision
    changes nothing. On a cluster every producer runs every source: they share their work among themselves.
    """

    @property
    def name(self) -> str:
        """What the log calls it."""
        ...

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        """Publish what comes."""
        ...
