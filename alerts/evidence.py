"""The alerts of one article: what each subscription is told of it, and why.

Queries that an article meets by the same part have the same evidence, so it is worked out once for all of them.
"""

from datetime import datetime

from alerts.altered import quotes_told
from alerts.article_terms import ArticleTerms
from alerts.evaluate import met_part
from alerts.highlight import Highlighter
from alerts.identity import alert_id
from schemas.alert import Alert, Subscription, Why
from schemas.article import WireArticle
from stores.query.parse import parse
from stores.query.tree import Node, Query


class Evidence:
    """Of one article, matched at one moment."""

    def __init__(self, article: WireArticle, terms: ArticleTerms, now: datetime) -> None:
        self._article = article
        self._terms = terms
        self._now = now
        self._highlighter = Highlighter(article, terms)
        self._shown: dict[Node, tuple[str, tuple[Why, ...]]] = {}
        self._made: Alert | None = None
        """The first alert: the others have the same fields of the article."""

    def alert(self, subscription: Subscription, query: Query) -> Alert:
        """What the subscription is told; the article has to meet its query."""
        article = self._article
        met = met_part(parse(query.text, self._now).root if query.relative else query.root, self._terms)
        if met not in self._shown:
            self._shown[met] = str(met), self._highlighter.why(met)
        part, why = self._shown[met]
        scope = article.id if subscription.policy == "every" and not subscription.growth else article.story_id
        fields: dict[str, object] = {
            "id": alert_id(subscription.id, scope),
            "subscription": subscription.id,
            "subscription_name": subscription.name,
            "query": subscription.query,
            "matched_part": part,
            "scope": scope,
            "why": why,
            "quotes": quotes_told(article, why) if subscription.altered else (),
        }
        if self._made is None:
            self._made = self._first(fields)
        return self._made.model_copy(update=fields)

    def _first(self, fields: dict[str, object]) -> Alert:
        article = self._article
        about = {
            "revision": article.revision,
            "article_id": article.id,
            "story_id": article.story_id,
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "feed": article.feed,
            "speakers": self._highlighter.speakers,
            "published": article.published,
            "first_seen": article.first_seen,
            "matched_at": self._now,
        }
        return Alert.model_validate(fields | about)
