"""An imported article that an earlier version stored under another id keeps that: the canonical form has changed since.

Feeds remember by themselves what they showed (producers.polling.naming); a file is asked for in the store.
"""

from producers.article.canonical import canonical_url, former_url
from producers.article.identity import id_of_form
from runtime.ports import Reader
from schemas.article import Article
from schemas.ledger import Forgotten
from schemas.topics import FORGOTTEN


def under_its_earlier_id(article: Article, reader: Reader) -> Article:
    """The article under the id by which it is stored, or was forgotten, before the form changed. Raises Hold."""
    url = article.url
    if url is None or article.id != id_of_form(form := canonical_url(url)):
        return article
    earlier = id_of_form(former_url(url))
    if earlier == article.id or not _is_its_own(earlier, article, form, reader):
        return article
    return article.model_copy(update={"id": earlier})


def _is_its_own(earlier: str, article: Article, form: str, reader: Reader) -> bool:
    """Whether the id was this article's: the former form made one of some that are two."""
    if reader.state.get(FORGOTTEN, earlier, Forgotten):
        return True
    stored = reader.store.get(earlier)
    return bool(stored and stored.url and canonical_url(stored.url) == form) and reader.store.get(article.id) is None
