"""What the indexes are called. Knows no client.

articles            the alias that is searched: every month
articles-2026.11    the alias that a month is written through: one index
articles-2026.11-1  the index; the number rises when it is built anew
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

NEWS = ("articles", "quotes")
"""Written together, by the month in which an article was first seen."""
KINDS = (*NEWS, "revisions", "alerts", "operations")

_MONTH = re.compile(r"-(\d{4})\.(\d\d)(?:-(\d+))?$")


@dataclass(frozen=True, slots=True)
class Names:
    """Names under a prefix, so that two installations may share a cluster."""

    prefix: str = ""

    def alias(self, kind: str) -> str:
        """The alias that is searched."""
        return f"{self.prefix}{kind}"

    def pattern(self, kind: str) -> str:
        """Every index of a kind."""
        return f"{self.prefix}{kind}-*"

    def month(self, kind: str, moment: datetime) -> str:
        """The alias that a document of that month is written through."""
        return f"{self.prefix}{kind}-{moment:%Y.%m}"


def generation(index: str) -> int:
    """The number at the end of an index's name."""
    match = _MONTH.search(index)
    return int(match[3]) if match and match[3] else 0


def month_alias(index: str) -> str:
    """The writing alias that an index belongs to."""
    return index.rsplit("-", 1)[0]


def ended_before(indexes: Iterable[str], moment: datetime) -> list[str]:
    """Those whose whole month lies before the moment's month."""
    return sorted(index for index in indexes if (month := _month(index)) and month < (moment.year, moment.month))


def _month(index: str) -> tuple[int, int] | None:
    match = _MONTH.search(index)
    return (int(match[1]), int(match[2])) if match else None
