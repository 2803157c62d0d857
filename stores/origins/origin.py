"""Origins of a story: "n articles, m origins, first by X at T"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schemas.article import Article, WireArticle
from stores.origins.agencies import agency_in, agency_of
from stores.origins.credits import credited
from stores.origins.families import family, split


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose reporting it is: an agency by its key (agencies.tsv), or a publisher by its registrable domain."""

    kind: Literal["agency", "publisher", "unknown"]
    name: str


@dataclass(frozen=True, slots=True)
class Origins:
    """How far a story's articles go back to different hands."""

    articles: int
    origins: tuple[tuple[Origin, int], ...]
    """Each with how many of the articles are its own, most first."""
    first: Origin
    """Whose article was seen first."""
    first_source: str | None
    """Where that article stood."""
    first_at: datetime
    """When it was first seen, in UTC."""


def origin(article: Article) -> Origin:
    """Whose reporting an article is: the agency that it credits, or else the family of its publisher."""
    address = split(article.url)
    source = article.source or ""
    publisher = family(address.hostname or "") if address else ""
    publisher = publisher or family(source)
    credit = (
        agency_of(publisher)
        or agency_of(source)
        or (agency_in(address.path) if address else None)
        or credited(article.authors, article.text)
    )
    if credit:  # what one newspaper sells to others is its own
        return Origin("publisher" if "." in credit else "agency", credit)
    return Origin("publisher", publisher) if publisher else Origin("unknown", article.id)


def origins(articles: Iterable[WireArticle]) -> Origins:
    """Of the articles of one story, in any order. Raises ValueError where there are none."""
    ordered = sorted(articles, key=lambda article: (article.first_seen, article.id))
    if not ordered:
        raise ValueError("a story has at least one article")
    found = [origin(article) for article in ordered]
    first = ordered[0]
    counted = Counter(found)
    return Origins(len(ordered), tuple(counted.most_common()), found[0], first.source, first.first_seen)
