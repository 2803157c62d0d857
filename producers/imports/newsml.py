"""NewsML-G2 (IPTC): a newsItem, or a message or package of many -> articles.

The text is taken from inlineXML (NITF or XHTML) or inlineData; pictures, graphics and planning items are
no articles and are passed over.
"""

from collections.abc import Iterator

from lxml import etree

from producers.article.build import RowError, make_article
from producers.imports.file import BROKEN, ImportFile
from producers.parse.dates import moment
from producers.parse.feed import Entry
from producers.parse.markup import from_plain, to_line, to_text, web_address
from schemas.article import Article

# Parts of NITF and XHTML that carry paragraphs; their heads repeat the metadata.
_BODIES = ("body.content", "body")
_USABLE = "usable"
# Of the concepts that an item is about, the ones that are subjects to a reader.
_SUBJECTS = ("subject", "keyword")


def read_newsml(file: ImportFile) -> Iterator[Article | RowError]:
    """Articles of a NewsML-G2 document, an item at a time."""
    number = 0
    try:
        items = etree.iterparse(
            file.stream, events=("end",), tag="{*}newsItem", resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, item in items:
            number += 1
            if _of(item, "inlineXML") is not None or _of(item, "inlineData") is not None:
                yield _article(item, file, number)
            item.clear()
    except BROKEN as error:
        yield RowError(file.broken(error))
        return
    except etree.XMLSyntaxError as error:
        yield RowError(f"{file.where(error.lineno)}: XML that breaks off or does not parse ({error.msg})")
        return
    if not number:
        yield RowError(f"{file.where(1)}: XML without a newsItem, no NewsML-G2: known are NewsML-G2, ninjs, WARC, JSON")


def _article(item: etree._Element, file: ImportFile, number: int) -> Article | RowError:
    status = _attribute(item, "pubStatus", "qcode").rpartition(":")[2] or _USABLE
    if status != _USABLE:
        return RowError(f"{file.where(number)}: its pubStatus is {status}: the wire took it back")
    content = _content(item)
    guid = item.get("guid") or None
    if not to_text(content):
        return RowError(f"{file.where(number)}: newsItem {guid or 'without guid'} has no text: only text is read")
    provider = to_line(_text(_of(item, "provider"), "name")) or _attribute(item, "provider", "literal")
    entry = Entry(
        guid=guid,
        title=to_line(_text(item, "headline") or _text(item, "itemMeta/title")),
        link=web_address(next((link.get("href") for link in item.iter("{*}link") if link.get("href")), None)),
        published=moment(_text(item, "firstCreated") or _text(item, "versionCreated")),
        updated=moment(_text(item, "versionCreated")),
        authors=tuple(filter(None, [to_line(_text(item, "by"))])),
        content=content,
        language=_attribute(item, "language", "tag") or item.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tags=_tags(item),
    )
    article = make_article(entry, "newsml", None, file.fetched_at)
    return article.model_copy(update={"feed": file.name, "source": provider or article.source})


def _content(item: etree._Element) -> str:
    inline = _of(item, "inlineXML")
    if inline is None:
        data = _of(item, "inlineData")
        return from_plain("".join(map(str, data.itertext()))) if data is not None else ""
    bodies = [body for name in _BODIES if (body := _of(inline, name)) is not None]
    return str(etree.tostring(bodies[0] if bodies else inline, encoding="unicode", method="html"))


def _tags(item: etree._Element) -> tuple[str, ...]:
    concepts = (concept for name in _SUBJECTS for concept in item.iter(f"{{*}}{name}"))
    names = (to_line(_text(concept, "name") or (concept.text or "")) for concept in concepts)
    return tuple(dict.fromkeys(filter(None, names)))


def _of(item: etree._Element | None, name: str) -> etree._Element | None:
    """The first element of that name within, in whatever namespace."""
    return None if item is None else next(item.iter(f"{{*}}{name}"), None)


def _text(item: etree._Element | None, path: str) -> str:
    for name in path.split("/"):
        item = _of(item, name)
    return "" if item is None else "".join(map(str, item.itertext())).strip()


def _attribute(item: etree._Element, name: str, attribute: str) -> str:
    element = _of(item, name)
    return "" if element is None else element.get(attribute) or ""
