"""Whose reporting an article is, and so how many origins a story has: agencies and publishers, not feeds.

Pure: articles in, origins out. Knows no store.
"""

from stores.origins.origin import Origin, Origins, origin, origins

__all__ = ["Origin", "Origins", "origin", "origins"]
