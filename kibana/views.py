"""Data views and saved searches: what Discover opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from objects import Json, data_view_of_search, saved, searched

# What a column is called, if not by its name.
_LABELS = {
    "article_id": "Article",
    "fails": "Failures in a row",
    "first_seen": "Seen",
    "last_new": "Last news",
    "matched_at": "Matched",
    "products": "Products and weapons",
    "speaker_name": "Said by",
    "story_id": "Story",
    "subscription_name": "Alert",
    "url": "Address",
}
# Shown as links. Not `feed`: its index has it in small letters, which an address need not bear.
LINKS = ("url",)
# Of use to programs only: Discover neither fetches nor lists them.
HIDDEN = ("entities*", "names", "signature")
# Long enough that a word that is searched for is found, short enough that a busy newsroom waits for no answer.
LAST = {"from": "now-30d", "to": "now"}


def called(field: str) -> str:
    """What a column is called."""
    return _LABELS.get(field, field.capitalize())


@dataclass(frozen=True)
class View:
    """A data view on the alias of its own name."""

    alias: str
    name: str
    time: str
    """Our own clock's field: `published` is the publisher's word only."""
    labels: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def build(self) -> Json:
        """The object. `allowNoIndex`: before anything was written there is no index, and that is no error."""
        attributes = {
            "title": self.alias,
            "name": self.name,
            "timeFieldName": self.time,
            "allowNoIndex": True,
            "fieldAttrs": {field: {"customLabel": called(field)} for field in (self.time, *self.labels)},
            "fieldFormatMap": {field: {"id": "url", "params": {"type": "a"}} for field in LINKS},
            "sourceFilters": [{"value": pattern} for pattern in self.hidden],
        }
        return saved("index-pattern", self.alias, attributes)


@dataclass(frozen=True)
class Search:
    """A saved search, newest first."""

    id: str
    title: str
    view: View
    query: str
    columns: Sequence[str]

    def build(self) -> Json:
        """The object. Opened in Discover it sets the time; on a dashboard the dashboard's time holds."""
        attributes = {
            "title": self.title,
            "description": "",
            "columns": list(self.columns),
            "sort": [[self.view.time, "desc"]],
            "grid": {},
            "hideChart": False,
            "timeRestore": True,
            "timeRange": LAST,
            "kibanaSavedObjectMeta": searched(self.query, indexed=True),
        }
        return saved("search", self.id, attributes, [data_view_of_search(self.view.alias)])
