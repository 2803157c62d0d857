"""The search fields: every field of the query language, what it means and how it is compared.

Knows nothing of syntax or engines. docs/query-language.md lists the same fields; a test compares them.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Kind(Enum):
    """How a field's words are compared."""

    TEXT = "running text: folded and stemmed"
    NAME = "names: folded, not stemmed; a phrase stays within one name"
    KEYWORD = "one exact value, case aside; a * at the end is allowed"
    TIME = "a moment in UTC: a day, a range, >= or <"
    QUOTE = "one and the same quote meets all of it"


@dataclass(frozen=True, slots=True)
class Field:
    """A field by the name that a query uses."""

    name: str
    kind: Kind
    meaning: str
    aliases: tuple[str, ...] = ()


ANY = "any"
"""The field of a word that names none: it is looked for in title, text and names."""

FIELDS = (
    Field("title", Kind.TEXT, "the headline"),
    Field("text", Kind.TEXT, "the article's text; inside quotes:(…) the words quoted"),
    Field("name", Kind.NAME, "anybody or anything named, under any alias known"),
    Field("person", Kind.NAME, "a person who is named"),
    Field("organisation", Kind.NAME, "an organisation that is named", aliases=("org", "organization")),
    Field("place", Kind.NAME, "a place that is named"),
    Field("product", Kind.NAME, "a product or weapon that is named", aliases=("weapon",)),
    Field("speaker", Kind.NAME, "who is quoted, directly or not"),
    Field("quotes", Kind.QUOTE, "one quote that meets everything in the parentheses", aliases=("quote",)),
    Field("source", Kind.KEYWORD, "who published it: a host name, such as cgtn.com"),
    Field("language", Kind.KEYWORD, "ISO 639-1 code of the text's language", aliases=("lang",)),
    Field("feed", Kind.KEYWORD, "the address of the feed that it came by"),
    Field("story", Kind.KEYWORD, "the id of the story that it belongs to"),
    Field("id", Kind.KEYWORD, "the article's own id"),
    Field("published", Kind.TIME, "when the publisher says that it was published"),
    Field("first_seen", Kind.TIME, "when wirewatch first saw it", aliases=("seen",)),
)
QUOTE_FIELDS = (
    Field("text", Kind.TEXT, "the words quoted"),
    Field("speaker", Kind.NAME, "who says it"),
    Field("kind", Kind.KEYWORD, "direct, indirect or mixed"),
)
"""The fields inside quotes:(…)."""

ARTICLE = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
IN_QUOTE = {name: field for field in QUOTE_FIELDS for name in (field.name, *field.aliases)}


def nearest(name: str, among: dict[str, Field]) -> str | None:
    """The field whose name is most like `name`, if any is."""
    close = get_close_matches(name.lower(), among, n=1)
    return close[0] if close else None
