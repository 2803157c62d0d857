"""News sitemaps: what a publisher offers search engines, without summary or content.

Plain sitemaps list every page of a site; only addresses that say that they are news become entries,
unless none does.
"""

from collections.abc import Iterator

from lxml import etree

from producers.parse.dates import moment
from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.markup import absolute, to_line
from producers.parse.tree import local_name


def parse_sitemap(root: etree._Element, url: str) -> ParsedFeed:
    """Read the `news:news` entries of a <urlset>. Raises FeedError where there are none."""
    entries = tuple(entry for address in root.iter("*") if (entry := _entry(address, url)) is not None)
    if not entries and len(root):
        raise FeedError("a sitemap without news", url, "give the address of the site's news sitemap")
    title = next((to_line(name.text or "") for name in root.iter("*") if local_name(name) == "name"), "")
    return ParsedFeed(title=title, entries=entries)


def _entry(address: etree._Element, url: str) -> Entry | None:
    if local_name(address) != "url":
        return None
    fields = dict(_fields(address))
    if "title" not in fields or "loc" not in fields:
        return None
    keywords = fields.get("keywords", "").split(",")
    return Entry(
        title=to_line(fields["title"]),
        link=absolute(url, fields["loc"]),
        published=moment(fields.get("publication_date")),
        updated=moment(fields.get("lastmod")),
        language=fields.get("language"),
        tags=tuple(filter(None, map(to_line, keywords))),
    )


def _fields(address: etree._Element) -> Iterator[tuple[str, str]]:
    """The text of everything within, images left out: their titles and addresses are not the article's."""
    for element in address.iter("*"):
        if "image" not in element.tag.lower() and "video" not in element.tag.lower() and element.text:
            yield local_name(element), element.text.strip()
