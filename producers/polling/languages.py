"""The language that an article is counted under before enrich has told it: as claimed, else English where it is."""

import re
from functools import cache
from importlib.resources import files

from schemas.article import Article

# These words are 22 to 42 % of an English article, and at most 9 % of one in another language (producers.repair).
_ENGLISH_SHARE = 0.15
# Fewer words are a headline, which may have no such word.
_ENOUGH_WORDS = 12
# A claim is wanted, not a study of the text.
_LOOKED_AT = 2_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(article: Article) -> str | None:
    """ISO 639-1, or None where nothing tells."""
    return article.language or ("en" if _reads_english(f"{article.title} {article.text[:_LOOKED_AT]}") else None)


def _reads_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return len(words) >= _ENOUGH_WORDS and sum(map(_english().__contains__, words)) >= _ENGLISH_SHARE * len(words)


@cache
def _english() -> frozenset[str]:
    lines = files("producers.repair").joinpath("english.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
