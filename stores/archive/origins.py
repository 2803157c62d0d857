"""How many independent publishers a story has: stores/origins counts them by publisher family."""

from collections.abc import Iterable

from stores.origins.families import family


def origin_count(sources: Iterable[str | None]) -> int:
    """Different publisher families; sources without a name are one."""
    return len({family(source) if source else None for source in sources})
