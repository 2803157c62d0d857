"""A podcast's transcript, in the forms that feeds name (podcast:transcript) -> its text: a paragraph a turn.

The tag: https://podcastindex.org/namespace/1.0#transcript. Forms are WebVTT, SubRip, JSON, HTML and plain text; who
speaks stands before what is said, where the form tells it. Pure, for a child that can be killed.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator

from producers.fulltext.page import Page, PageError
from producers.parse.markup import to_text

_TIMES = re.compile(r"\s*(?:\d+:)?\d+:\d+[.,]\d+\s*-->\s*(?:\d+:)?\d+:\d+[.,]\d+.*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]*)>")
_TAG = re.compile(r"<[^<>]*>")
_NOT_SPOKEN = ("WEBVTT", "NOTE", "STYLE", "REGION")
_ENDS = (".", "!", "?", "…", "。", "！", "？", "”", '"')
# A paragraph where nobody is named: what a reader takes in at a time.
_PARAGRAPH = 500

Turn = tuple[str, str]
"""Who speaks ("" where that is not told), and what is said."""


def transcript(body: bytes, kind: str) -> Page:
    """The transcript's text. `kind`: its media type, by the feed or the server; where that is vague, its look decides.

    Raises PageError for what is none.
    """
    text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Page(text=_READERS[_form(text, kind.lower())](text), transcript=True)


def _form(text: str, kind: str) -> str:
    if text.startswith("WEBVTT") or _TIMES.fullmatch("\n".join(text.split("\n", 2)[1:2])):
        return "cues"
    if text.startswith("{") or "json" in kind:
        return "json"
    return "html" if "html" in kind or text[:1] == "<" else "plain"


def _of_cues(text: str) -> str:
    return _paragraphs(_cues(text))


def _cues(text: str) -> Iterator[Turn]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.split("\n")
        at = next((place for place, line in enumerate(lines) if _TIMES.fullmatch(line)), None)
        if at is None or lines[0].startswith(_NOT_SPOKEN[1:]):
            continue
        said = " ".join(lines[at + 1 :])
        voices = list(_VOICE.finditer(said))
        yield "", _plain(said[: voices[0].start()] if voices else said)
        for voice, end in zip(voices, [*(later.start() for later in voices[1:]), len(said)], strict=False):
            yield _plain(voice[1]), _plain(said[voice.end() : end])


def _of_json(text: str) -> str:
    try:
        document = json.loads(text)
        segments = document["segments"] if isinstance(document, dict) else document
        turns = [(str(part.get("speaker") or ""), str(part.get("body") or part.get("text") or "")) for part in segments]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise PageError(f"a transcript in JSON without segments ({type(error).__name__}); it is left out") from error
    return _paragraphs((" ".join(who.split()), " ".join(said.split())) for who, said in turns)


def _paragraphs(turns: Iterable[Turn]) -> str:
    """Turns that go on joined; captions that roll say their last line again."""
    found: list[list[str]] = []
    speaker, last = None, ""
    for who, said in turns:
        if not said or said == last:
            continue
        ended = not who and found and sum(map(len, found[-1])) > _PARAGRAPH and last.endswith(_ENDS)
        if who != speaker or ended or not found:
            found.append([f"{who}: {said}" if who else said])
        else:
            found[-1].append(said)
        speaker, last = who, said
    return "\n".join(map(" ".join, found))


def _plain(said: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", said)).split())


_READERS = {"cues": _of_cues, "json": _of_json, "html": to_text, "plain": str.strip}
