"""An archive of one day, invented: a bridge closes at Halvern. For the recipes of docs/search.md and their tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.article import Entity, EntityKind, Quote, Speaker, WireArticle
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore

MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)

_NAMED: dict[str, tuple[EntityKind, str, tuple[str, ...]]] = {
    "Ilse Brandt": ("person", "Ilse Brandt", ("Ilse Brandtová",)),
    "Brandt": ("person", "Ilse Brandt", ("Ilse Brandtová",)),
    "Tomas Vick": ("person", "Tomas Vick", ()),
    "Vick": ("person", "Tomas Vick", ()),
    "Ada Noor": ("person", "Ada Noor", ()),
    "Halvern": ("place", "Halvern", ()),
    "Ostmark": ("place", "Ostmark", ()),
    "Rail Authority": ("organisation", "Rail Authority", ()),
}
Saying = tuple[str, str]
"""The words quoted, and those for the speaker, a name of _NAMED."""


def _article(
    id: str,
    hour: float,
    source: str,
    title: str,
    text: str,
    said: Sequence[Saying] = (),
    story: str = "",
    dated: bool = True,
    language: str = "en",
    changed: float = 0,
) -> WireArticle:
    seen = MORNING + timedelta(hours=hour)
    names = [surface for surface in _NAMED if surface in text]
    canonical = dict.fromkeys(_NAMED[surface][1] for surface in names)
    return WireArticle(
        id=id,
        revision=f"{id}-{changed}",
        title=title,
        text=text,
        source=source,
        url=f"https://{source}/{id}",
        language=language,
        published=seen - timedelta(minutes=5) if dated else None,
        fetched_at=seen + timedelta(hours=changed),
        first_seen=seen,
        story_id=story or id,
        entities=tuple(_entity(text, surface) for surface in names),
        quotes=tuple(_quote(text, words, speaker) for words, speaker in said),
        names=tuple(name for one in canonical for name in (one, *_aliases(one))),
    )


def _aliases(name: str) -> tuple[str, ...]:
    return next(aliases for _, canonical, aliases in _NAMED.values() if canonical == name)


def _entity(text: str, surface: str) -> Entity:
    kind, name, _ = _NAMED[surface]
    start = text.index(surface)
    return Entity(start=start, end=start + len(surface), kind=kind, text=surface, name=name, id=_id(name))


def _quote(text: str, words: str, surface: str) -> Quote:
    start, at = text.index(words), text.rindex(surface)
    name = _NAMED[surface][1]
    speaker = Speaker(start=at, end=at + len(surface), text=surface, name=name, id=_id(name))
    kind = "direct" if text[start - 1] in "“„" else "indirect"
    return Quote(start=start, end=start + len(words), kind=kind, speaker=speaker)  # type: ignore[arg-type]  # one of two


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


_WIRE = (
    "The bridge at Halvern was closed after inspectors found cracks in two pillars. “Nobody will cross it before it is"
    " safe,” said Ilse Brandt of the Rail Authority."
)
_SAFE = ("Nobody will cross it before it is safe,", "Ilse Brandt")
_LATER = (
    "Trains to Ostmark will run by Halvern again in May at the earliest. “We knew of the cracks in January, and we"
    " should have closed the line then,” Tomas Vick said. Brandt declined to comment."
)
_KNEW = ("We knew of the cracks in January, and we should have closed the line then,", "Tomas Vick")


def articles() -> list[WireArticle]:
    """The day in the order in which it was written; two articles come again, changed."""
    return [
        _article("a1", 0, "wire.example", "Halvern bridge closed", _WIRE, [_SAFE], "bridge"),
        _article("a2", 0.5, "www.north.example", "Bridge closed over cracks", _WIRE, [_SAFE], "bridge"),
        _article(
            "a3", 0.75, "news.south.example", "Cracks close Halvern bridge", _WIRE, [_SAFE], "bridge", dated=False
        ),
        _article(
            "b1",
            3,
            "www.north.example",
            "Towns cut off by the closed bridge",
            "Three towns beyond Halvern are cut off. “The children walk to school over the fields,” said Ada Noor, who"
            " teaches there.",
            [("The children walk to school over the fields,", "Ada Noor")],
        ),
        _article("c1", 6, "south.example", "Line was known to be unsafe", _LATER, [_KNEW], "unsafe"),
        _article(
            "c1",
            6,
            "south.example",
            "Line to reopen in May",
            _LATER.replace(", and we should have closed the line then", ""),
            [("We knew of the cracks in January,", "Tomas Vick")],
            "unsafe",
            changed=2,
        ),
        _article("c2", 6.5, "wire.example", "Vick: cracks were known", _LATER, [_KNEW], "unsafe"),
        _article(
            "d1",
            9,
            "wire.example",
            "Authority sets up a commission",
            "Ilse Brandt said that a commission would examine every bridge of the line. “We will look at every stone,”"
            " Brandt said at Halvern.",
            [
                ("that a commission would examine every bridge of the line", "Ilse Brandt"),
                ("We will look at every stone,", "Brandt"),
            ],
        ),
        _article(
            "e1",
            10,
            "ostkurier.example",
            "Brücke bei Halvern gesperrt",
            "Die Brücke bei Halvern bleibt gesperrt. „Wir prüfen jeden Stein“, sagte Ilse Brandt.",
            [("Wir prüfen jeden Stein", "Ilse Brandt")],
            language="de",
        ),
    ]


def write(file: Path) -> None:
    """The day as a database."""
    store = EmbeddedStore(Database(file))
    store.write(articles())
    store.close()
