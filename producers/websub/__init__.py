"""WebSub: the protocol as values, the subscriber that keeps feeds subscribed, and the server that hubs call.

Polling goes on beside it, so that a hub that falls silent loses nothing.
"""
