"""What was delivered, kept in Elasticsearch beside what it speaks of, so that a person's changes can be told from ours.

A thing (an object of Kibana's, a setting, a role) is delivered when it is new, or when what we have is newer and what
is there is still as it was when we delivered it. What somebody changed is kept, what somebody removed stays away.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

from oneshots.node import Node

# Apart from what the newsroom and the workers may read or write.
INDEX = "wirewatch-setup"


@dataclass(frozen=True, slots=True)
class There:
    """A thing as the server shows it."""

    digest: str
    moment: str = ""
    """When it was last changed, in the server's words; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A thing as it was delivered last."""

    ours: str
    """Digest of what we had."""
    there: str = ""
    """Digest of what the server then showed; empty while the delivery is under way."""
    moment: str = ""
    """When the server says that was."""


class Verdict(Enum):
    """What becomes of a thing."""

    DELIVER = "delivered"
    AS_IT_IS = "as it is"
    KEPT = "kept: changed by somebody"
    REMOVED = "left out: removed by somebody"


def verdict(ours: str, there: There | None, last: Delivered | None) -> Verdict:
    """What becomes of a thing of which we have `ours`.

    What is there although nothing is remembered is somebody's. A delivery that was cut off is done again.
    """
    if last is None:
        return Verdict.DELIVER if there is None else Verdict.KEPT
    if not last.there:
        return Verdict.DELIVER
    if there is None:
        return Verdict.REMOVED
    if there.digest != last.there and not (there.moment and there.moment == last.moment):
        return Verdict.KEPT
    return Verdict.AS_IT_IS if ours == last.ours else Verdict.DELIVER


def digest(thing: Any) -> str:
    """Equal for what is equal as JSON."""
    return hashlib.sha256(json.dumps(thing, sort_keys=True).encode()).hexdigest()


class Memory:
    """What was delivered of one kind of things, by their names. Raises RefusedError."""

    def __init__(self, node: Node, kind: str) -> None:
        self._node = node
        self._kind = kind
        found = node.get(f"{INDEX}/_doc/{kind}")
        things = json.loads(found["_source"]["things"]) if found else {}
        self.things = {name: Delivered(**one) for name, one in things.items()}

    def begin(self, ours: Mapping[str, str]) -> None:
        """These are about to be delivered: whoever comes after a cut between may take what is there for ours."""
        self._keep({name: Delivered(one) for name, one in ours.items()})

    def done(self, there: Mapping[str, There]) -> None:
        """These were begun, and are there now."""
        self._keep(
            {name: replace(self.things[name], there=one.digest, moment=one.moment) for name, one in there.items()}
        )

    def _keep(self, things: Mapping[str, Delivered]) -> None:
        if not things:
            return
        self.things |= things
        if self._node.get(INDEX) is None:
            self._node.put(INDEX, {"settings": {"number_of_replicas": 0}, "mappings": {"dynamic": False}})
        # As text: the names of things are no fields.
        kept = json.dumps({name: asdict(one) for name, one in self.things.items()})
        self._node.put(f"{INDEX}/_doc/{self._kind}?refresh=true", {"things": kept})
