"""A feed's bytes -> its entries: RSS, RDF, Atom, JSON Feed, news sitemaps.

Pure and synchronous: no clock, no network, no file. Whoever calls it with bytes of the web does so
in a child that can be killed: the guards here bound what is known, not what is thinkable.
"""

from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.formats import parse_feed
from producers.parse.report import report, step

__all__ = ["Entry", "FeedError", "ParsedFeed", "parse_feed", "report", "step"]
