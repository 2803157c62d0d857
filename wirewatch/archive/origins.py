"""How many independent publishers a story has."""

from collections.abc import Iterable

_WWW = "www."


def origin_count(sources: Iterable[str | None]) -> int:
    """Different sources; those without a name are one."""
    return len({source.removeprefix(_WWW) if source else None for source in sources})
