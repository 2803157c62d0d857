"""The id of an alert: one subscription is told of one scope once, whatever comes again. Pure."""

import hashlib


def alert_id(subscription: str, scope: str) -> str:
    """Of a subscription's id, and the story, article, growth or change that it is told of."""
    return digest(subscription, scope)


def digest(*parts: str) -> str:
    """A hash of texts, in their order."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
