"""Names of people without what only spelling makes different: capitals, accents, romanisations."""

import re
from functools import cache, lru_cache

from processors.entities import gazetteer
from processors.entities.folding import fold


@lru_cache(maxsize=20_000)
def romanised(name: str) -> str:
    """The name folded, in the one spelling that its romanisations become: Zelenskiy, Zelenskyi -> zelensky."""
    plain = fold(name)
    for pattern, replacement in _patterns():
        plain = pattern.sub(replacement, plain)
    return plain


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in gazetteer.romanisations())
