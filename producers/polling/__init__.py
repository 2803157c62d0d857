"""Polling feeds: a scheduler says when, a poller does one poll, and the feed's state is what remains of it.

Knows nothing of how a feed's bytes are read (producers.parse) or a page's text is taken (producers.fulltext):
both are passed in.
"""
