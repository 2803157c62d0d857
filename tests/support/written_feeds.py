"""Feeds of our own writing, for the tests of reading them."""

RSS_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom">'
    "<channel><title>The Harbour Post</title><link>https://harbour.example/</link>"
)
RSS_TAIL = "</channel></rss>"
URL = "https://harbour.example/feed.xml"


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS 2.0 feed around the inner markup of its items."""
    return (RSS_HEAD + channel + "".join(f"<item>{item}</item>" for item in items) + RSS_TAIL).encode()


def atom(*entries: str) -> bytes:
    """An Atom 1.0 feed around the inner markup of its entries."""
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Harbour Post</title>'
        f'<link href="https://harbour.example/"/>{inner}</feed>'
    ).encode()
