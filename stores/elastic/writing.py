"""Writing a batch of articles and their quotes, so that it may be repeated at any point.

Quotes go first and the article last: until the article is there, the old one still says how many quotes the
older revision had, so a repetition deletes the rest of them. Knows answers only by what they mean.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from elasticsearch import Elasticsearch

from schemas.article import WireArticle
from schemas.outcome import Dead, Done, Outcome
from stores.document import Document, document, storable
from stores.elastic.bulk import Action, portions, send
from stores.elastic.documents import quote_documents, quote_id, revision_document, to_article, to_document
from stores.elastic.names import NEWS
from stores.elastic.responses import SUPERSEDED, answers, check_deleted, index_outcome

# One request: far under the server's limit of 100 MB, and small enough to be repeated without regret.
ARTICLES_AT_ONCE = 64
ACTIONS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there of an article before it is written."""

    version: int
    n_quotes: int
    revision: str


class Target(Protocol):
    """Where documents go."""

    @property
    def aliased(self) -> bool:
        """By an alias: then an index that is not there is an error, and not made on the way without its aliases."""
        ...

    def ensure(self, moment: datetime, kinds: Sequence[str] = NEWS) -> None:
        """Make the places for articles first seen at that moment, unless they are there."""
        ...

    def place(self, kind: str, moment: datetime) -> str:
        """The index or alias for a kind of document of an article first seen at that moment."""
        ...


class Writer:
    """Writes batches to their places. `refresh` makes what was written searchable at once."""

    def __init__(self, client: Elasticsearch, target: Target, refresh: bool) -> None:
        self._client = client
        self._target = target
        self._refresh = refresh

    def write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        """One outcome each. Raises Hold."""
        kept = [storable(article) for article in articles]
        several = portions(kept, lambda article: article.id, ARTICLES_AT_ONCE)
        return [outcome for portion in several for outcome in self._write(portion)]

    def _write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        """`articles` holds no id twice."""
        for article in articles:
            self._target.ensure(article.first_seen)
        stored = self._stored(articles)
        outcomes = {one.id: SUPERSEDED for one in articles if one.id in stored and stored[one.id].version > one.version}
        newer = [article for article in articles if article.id not in outcomes]
        self._keep([one for one in newer if one.id in stored and stored[one.id].revision != one.revision])
        searchable = {article.id: document(article) for article in newer}
        refused = self._write_quotes(newer, searchable, stored)
        results: dict[str, Outcome] = {**outcomes, **refused}
        results |= self._write_articles([article for article in newer if article.id not in refused], searchable)
        self._withdraw([article for article in newer if not isinstance(results[article.id], Done)])
        return [results[article.id] for article in articles]

    def _stored(self, articles: Sequence[WireArticle]) -> dict[str, Stored]:
        docs = [
            {"_index": self._place("articles", one), "_id": one.id, "_source": ["n_quotes", "revision"]}
            for one in articles
        ]
        answer = self._client.mget(docs=docs)
        found: dict[str, Stored] = {}
        for doc in answers(answer.body, "docs", len(docs)):
            if doc.get("found"):
                source = doc["_source"]
                found[doc["_id"]] = Stored(doc["_version"], source.get("n_quotes", 0), source.get("revision", ""))
        return found

    def _keep(self, articles: Sequence[WireArticle]) -> None:
        """Keep what is there of these articles: what comes in its place is another revision. Raises Hold."""
        if not articles:
            return
        docs = [{"_index": self._place("articles", one), "_id": one.id} for one in articles]
        answer = self._client.mget(docs=docs)
        found = answers(answer.body, "docs", len(docs))
        there = {doc["_id"]: to_article(doc["_source"]) for doc in found if doc.get("found")}
        actions = ((one, [self._revision(there[one.id], one.fetched_at)]) for one in articles if one.id in there)
        for _, item in self._sent(actions):
            index_outcome(item["index"])

    def _revision(self, old: WireArticle, replaced_at: datetime) -> Action:
        self._target.ensure(old.first_seen, ("revisions",))
        return Action("index", self._place("revisions", old), *revision_document(old, replaced_at))

    def _write_quotes(
        self, articles: Sequence[WireArticle], searchable: Mapping[str, Document], stored: Mapping[str, Stored]
    ) -> dict[str, Outcome]:
        """Write the quotes, delete those that the older revision had more; the outcome of articles refused."""
        refused: dict[str, Outcome] = {}
        actions = ((one, self._quote_actions(one, searchable[one.id], stored.get(one.id))) for one in articles)
        for article, item in self._sent(actions):
            if "delete" in item:
                check_deleted(item["delete"])
                continue
            outcome = index_outcome(item["index"])
            if isinstance(outcome, Dead):
                refused[article.id] = outcome
        return refused

    def _quote_actions(self, article: WireArticle, searchable: Document, old: Stored | None) -> Iterator[Action]:
        month = self._place("quotes", article)
        for number, source in enumerate(quote_documents(article, searchable)):
            yield Action("index", month, quote_id(article.id, number), article.version, source)
        if old is not None:
            yield from self._deletions(article, range(len(article.quotes), old.n_quotes))

    def _deletions(self, article: WireArticle, numbers: Iterable[int]) -> Iterator[Action]:
        month = self._place("quotes", article)
        return (Action("delete", month, quote_id(article.id, number), article.version) for number in numbers)

    def _write_articles(
        self, articles: Sequence[WireArticle], searchable: Mapping[str, Document]
    ) -> dict[str, Outcome]:
        actions = ((one, [self._article_action(one, searchable[one.id])]) for one in articles)
        return {article.id: index_outcome(item["index"]) for article, item in self._sent(actions)}

    def _article_action(self, article: WireArticle, searchable: Document) -> Action:
        source = to_document(article, searchable)
        return Action("index", self._place("articles", article), article.id, article.version, source)

    def _withdraw(self, articles: Sequence[WireArticle]) -> None:
        """Take back the quotes of articles that were not stored; a newer revision's have a higher version."""
        actions = ((one, self._deletions(one, range(len(one.quotes)))) for one in articles)
        for _, item in self._sent(actions):
            check_deleted(item["delete"])

    def _sent(
        self, actions: Iterable[tuple[WireArticle, Iterable[Action]]]
    ) -> Iterator[tuple[WireArticle, dict[str, Any]]]:
        """Each action's article with the item that answers it."""
        flat = [(article, action) for article, several in actions for action in several]
        for start in range(0, len(flat), ACTIONS_AT_ONCE):
            portion = flat[start : start + ACTIONS_AT_ONCE]
            sent = [action for _, action in portion]
            items = send(self._client, sent, refresh=self._refresh, aliased=self._target.aliased)
            yield from ((article, item) for (article, _), item in zip(portion, items, strict=True))

    def _place(self, kind: str, article: WireArticle) -> str:
        return self._target.place(kind, article.first_seen)
