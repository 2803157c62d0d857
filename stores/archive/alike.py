"""What is like an article or a text: by the words and names that few others have, and by story.

The words are weighed by how rare they are in the store, as the relevance of a search is; the best are asked for, and
what is found is ranked by what it shares: so every store gives the same order for the same find.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, TypeVar

from schemas.answers import Alike, AlikeArticle, AlikeQuote
from schemas.article import WireArticle
from stores.analysis.tokens import analyse, name_terms, terms
from stores.archive.finding import article_line
from stores.archive.saying import quote_line
from stores.query import Query
from stores.query.fields import ANY
from stores.query.tree import And, Keyword, Node, Not, Or, Words
from stores.query.why import highlights
from stores.store import EXACT_TOTAL, Said, Store

T = TypeVar("T")

# Each candidate costs one count in the store; the words of an article that say what it is about are among these.
CANDIDATES = 40
# So many are asked for; an OR of more finds no better and takes longer.
ASKED = 16
# Found by the store, of which the most alike are shown.
RANKED = 100
# A word of every tenth article says little; a hit that shares one word alone is chance.
_COMMON, _LEAST_SHARED = 0.1, 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or name that is asked for, and what it weighs."""

    node: Words
    typed: str
    weight: float


def like_article(store: Store, article: WireArticle, limit: int) -> Alike:
    """Articles and quotes like an article: of its own story, and of others."""
    names = list(dict.fromkeys(entity.name for entity in article.entities))
    words = _weighed(store, [article.title, article.title, article.text], names)
    of_story = Query("story", And((Keyword("story", article.story_id.lower()), Not(Keyword("id", article.id.lower())))))
    same = store.search(of_story, limit)
    others = Not(Keyword("story", article.story_id.lower()))
    return Alike(
        story=tuple(article_line(one, of_story) for one in same.articles),
        articles=_articles(store, words, others, limit),
        quotes=_quotes(store, words, limit, article.id),
    )


def like_text(store: Store, text: str, limit: int) -> Alike:
    """Articles and quotes like a text."""
    words = _weighed(store, [text], [])
    return Alike(story=(), articles=_articles(store, words, None, limit), quotes=_quotes(store, words, limit, None))


def _weighed(store: Store, texts: Iterable[str], names: Sequence[str]) -> list[_Word]:
    """The rarest words and names, the heaviest first."""
    number = max(store.count(), 1)
    weighed = []
    for typed, (node, times) in _candidates(texts, names).items():
        found = store.search(Query(typed, node), 0)
        if found.total_exact and found.total > 0 and (found.total <= max(_COMMON * number, _LEAST_SHARED)):
            weighed.append(_Word(node, typed, times * log(1 + min(number, EXACT_TOTAL) / found.total)))
    return sorted(weighed, key=lambda one: (-one.weight, one.typed))[:ASKED]


def _candidates(texts: Iterable[str], names: Sequence[str]) -> Mapping[str, tuple[Words, float]]:
    """Words by how often they stand here, names first: the words of a name are asked for as the name."""
    found: dict[str, tuple[Words, float]] = {}
    within: set[str] = set()
    for name in names[: CANDIDATES // 2]:
        split = tuple(name_terms(name))
        if split:
            within.update(split)
            found[name] = (Words(ANY, f'"{name}"', tuple(terms(name)), split), 2.0)
    counts: Counter[str] = Counter()
    typed: dict[str, str] = {}
    for text in texts:
        for token in analyse(text):
            word = text[token.start : token.end]
            if token.term.isalpha() and len(token.term) > 2 and not within & set(name_terms(word)):
                counts[token.term] += 1
                typed.setdefault(token.term, word)
    for stem, times in counts.most_common(CANDIDATES * 3):
        if len(found) >= CANDIDATES * 2:
            break
        split = tuple(name_terms(typed[stem]))
        if len(split) == 1:
            found.setdefault(typed[stem], (Words(ANY, typed[stem], (stem,), split), 1 + log(times)))
    return found


def _articles(store: Store, words: Sequence[_Word], others: Node | None, limit: int) -> tuple[AlikeArticle, ...]:
    if not words:
        return ()
    asked = Query("", _either([word.node for word in words]))
    root = asked.root if others is None else And((asked.root, others))
    found = store.search(Query("", root), RANKED, order="relevance").articles
    ranked = _ranked(found, lambda one: f"{one.title}\n{one.text}", lambda one: one.id, words)
    return tuple(
        AlikeArticle(article=article_line(one, asked), shares=shares, likeness=likeness)
        for one, shares, likeness in ranked[:limit]
    )


def _quotes(store: Store, words: Sequence[_Word], limit: int, but: str | None) -> tuple[AlikeQuote, ...]:
    if not words:
        return ()
    parts = [Words("text", word.typed, word.node.stems, word.node.names) for word in words]
    found = store.quotes(Said(about=Query("", _either(parts))), RANKED).quotes
    others = [hit for hit in found if hit.article.id != but]
    ranked = _ranked(others, lambda hit: hit.text, lambda hit: (hit.article.id, hit.quote.start), words)
    return tuple(
        AlikeQuote(quote=quote_line(hit), shares=shares, likeness=likeness) for hit, shares, likeness in ranked[:limit]
    )


def _ranked(
    found: Iterable[T], text: Callable[[T], str], place: Callable[[T], Any], words: Sequence[_Word]
) -> list[tuple[T, tuple[str, ...], float]]:
    """Those that share enough, the most alike first, with what they share and how alike they are."""
    weighed = []
    for one in found:
        shared = _shared(text(one), words)
        if len(shared) >= min(_LEAST_SHARED, len(words)):
            weighed.append((sum(word.weight for word in shared), shared, one))
    weighed.sort(key=lambda known: (-known[0], place(known[2])))
    whole = sum(word.weight for word in words)
    return [(one, tuple(word.typed for word in shared), round(weight / whole, 3)) for weight, shared, one in weighed]


def _either(parts: Sequence[Node]) -> Node:
    return Or(tuple(parts)) if len(parts) > 1 else parts[0]


def _shared(text: str, words: Sequence[_Word]) -> list[_Word]:
    """Those that stand in the text."""
    held = {mark.part for mark in highlights(text, Query("", _either([word.node for word in words])))}
    return [word for word in words if word.node in held]
