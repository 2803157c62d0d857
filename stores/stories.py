"""A story as a whole: how many articles, from how many hands, and who had it first. Over any store.

Knows no engine.
"""

from collections.abc import Iterator

from schemas.article import WireArticle
from stores import listings
from stores.origins import Origins, origins
from stores.paged import paged
from stores.query.tree import Keyword, Query
from stores.store import Store

# A story of a great event has some hundred copies; a page of them is read at once.
_AT_ONCE = 200


def of_story(story_id: str) -> Query:
    """What finds the articles of a story."""
    return Query(f'story:"{story_id}"', Keyword("story", story_id.lower()))


def story_articles(store: Store, story_id: str) -> Iterator[WireArticle]:
    """All articles of a story, newest first. Raises Hold where the store is away."""
    return paged(listings.articles(store, of_story(story_id), _AT_ONCE))


def story_origins(store: Store, story_id: str) -> Origins | None:
    """What is known of a story's origins; None where no article belongs to it. Raises Hold where the store is away."""
    articles = list(story_articles(store, story_id))
    return origins(articles) if articles else None
