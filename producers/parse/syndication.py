"""RSS, RDF and Atom by feedparser, which is never given an address or a path, only bytes made safe.

It neither sanitises markup nor resolves links within it: both are done here, in a third of the time.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import feedparser
from lxml import etree

from producers.parse.dates import moment, writes_month_first
from producers.parse.entry_text import TRANSCRIPT, settle
from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.markup import absolute, from_plain, is_plain, to_line, to_text
from producers.parse.reader import prefer
from producers.parse.tree import entries_of, local_name, take_out
from producers.parse.wrappers import led_to
from producers.parse.zones import unknown_zone

prefer()

_ROOTS = {"rss", "rdf", "feed", "channel"}
# RSS 2.0 has "mail (name)"; others write "name (mail)" or "name <mail>".
_MAIL_THEN_NAME = re.compile(r"\s*\S+@\S+\s+\((?P<name>.+)\)\s*")
_NAME_THEN_MAIL = re.compile(r"(?P<name>[^()<>]+)[(<](?:mailto:)?[^()<>\s]+@[^()<>\s]+[)>]\s*")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def parse_syndication(root: etree._Element, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    """Read RSS, RDF or Atom. Raises FeedError."""
    settle(root)
    result = _read(root, url, headers)
    if local_name(root) not in _ROOTS and not result.entries:
        what = f"XML with the root <{local_name(root)}>, no feed"
        raise FeedError(what, url, "known are RSS, RDF, Atom, JSON Feed and news sitemaps")
    feed = result.feed
    language = feed.get("language") or None
    dates = (dict.get(raw, name) for raw in result.entries for name in ("published", "updated", "created"))
    month_first = writes_month_first(dates, language)
    links = feed.get("links") or ()
    return ParsedFeed(
        title=to_line(feed.get("title") or ""),
        link=absolute(url, feed.get("link")),
        language=language,
        hub=absolute(url, _rel(links, "hub")),
        self_url=absolute(url, _rel(links, "self")),
        ttl_minutes=_ttl(feed),
        moved_to=absolute(url, feed.get("newlocation") or feed.get("itunes_new-feed-url")),
        entries=tuple(_entry(raw, url, language, month_first) for raw in result.entries),
    )


def _read(root: etree._Element, url: str, headers: Mapping[str, str]) -> Any:
    """All entries at once; where feedparser stumbles, each alone, and those that it stumbles over left out."""
    try:
        return _feedparser(root, headers)
    except Exception:  # noqa: BLE001 - it raises whatever an unforeseen combination of elements leads to
        entries = entries_of(root)
    parents = [entry.getparent() for entry in entries]
    for entry in entries:
        take_out(entry)
    try:
        result = _feedparser(root, headers)
    except Exception as error:
        what = f"feedparser cannot read it ({type(error).__name__}: {error})"
        raise FeedError(what.replace("\n", " "), url, "report it with the feed") from error
    for entry, parent in zip(entries, parents, strict=True):
        if parent is not None:
            result.entries += _alone(root, parent, entry, headers)
    return result


def _alone(
    root: etree._Element, parent: etree._Element, entry: etree._Element, headers: Mapping[str, str]
) -> list[Any]:
    parent.append(entry)
    try:
        return list(_feedparser(root, headers).entries)
    except Exception:  # noqa: BLE001 - as above
        return []
    finally:
        parent.remove(entry)


def _feedparser(root: etree._Element, headers: Mapping[str, str]) -> Any:
    # No content-location: links are resolved here, and feedparser would join it with each element's base.
    known = {"content-type": "application/xml; charset=utf-8"}
    if language := next((value for name, value in headers.items() if name.lower() == "content-language"), None):
        known["content-language"] = language
    return feedparser.parse(
        io.BytesIO(etree.tostring(root, encoding="utf-8")),
        response_headers=known,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _rel(links: Iterable[Any], rel: str) -> str | None:
    return next((link.get("href") for link in links if link.get("rel") == rel), None)


def _ttl(feed: Any) -> int | None:
    """Minutes, by RSS's ttl or by the syndication module's period and frequency."""
    if (ttl := str(feed.get("ttl") or "")).isdecimal():
        return int(ttl)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    return period // max(1, int(frequency)) if period and frequency.isdecimal() else None


def _entry(raw: Any, url: str, language: str | None, month_first: bool) -> Entry:
    # dict.get: feedparser answers a missing `updated` with `published`
    published, updated = dict.get(raw, "published") or dict.get(raw, "created"), dict.get(raw, "updated")
    spoken = raw.get(TRANSCRIPT) if isinstance(raw.get(TRANSCRIPT), dict) else {}
    # of whatever service counts the clicks (feedburner, pheedo, …)
    before = next((raw[name] for name in raw if name.endswith("_origlink")), None)
    link, wrapper = led_to(absolute(url, before) or absolute(url, raw.get("link")))
    return Entry(
        guid=(raw.get("id") or "").strip() or None,
        title=to_line(raw.get("title") or ""),
        link=link,
        wrapper=wrapper,
        published=moment(published, month_first, language),
        updated=moment(updated, month_first, language),
        zone_unknown=unknown_zone(published or updated or ""),
        authors=_authors(raw),
        summary=to_text(raw.get("summary") or ""),
        content=_content(raw),
        language=(raw.get("title_detail") or {}).get("language") or language,
        tags=tuple(dict.fromkeys(to_line(tag["term"]) for tag in raw.get("tags") or () if tag.get("term"))),
        transcript=absolute(url, spoken.get("url")),
        transcript_kind=spoken.get("type") or "",
    )


def _content(raw: Any) -> str:
    """The longest content; where there is none, the summary, if it is more than a line of text."""
    summary = raw.get("summary") or ""
    return max(map(_markup, raw.get("content") or ()), key=len, default=summary if "<" in summary else "")


def _markup(part: Any) -> str:
    """A piece of content as HTML, also where the feed says that it is plain text."""
    value = part.get("value") or ""
    return from_plain(value) if is_plain(part.get("type")) else value


def _authors(raw: Any) -> tuple[str, ...]:
    """Names, without the mail addresses that RSS asks for; an address only where there is no name."""
    several = [author.get("name") or author.get("email") or "" for author in raw.get("authors") or ()]
    names = several if len(several) > 1 else [raw.get("author") or ""]
    return tuple(dict.fromkeys(filter(None, map(_name, names))))


def _name(author: str) -> str:
    match = _MAIL_THEN_NAME.fullmatch(author) or _NAME_THEN_MAIL.fullmatch(author)
    return to_line(match["name"] if match else author)
