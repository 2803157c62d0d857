"""What a feed's entry, a page or an import's row says -> the article: its body, its identity, its revision.

Knows nothing of where these come from.
"""
