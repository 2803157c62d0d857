"""One HTTP request, asked politely and answered safely: bytes, "not modified", or one clear line.

Never decides when to ask, and never reads what the bytes mean.
"""

from producers.fetch.answer import (
    Fetch,
    FetchError,
    Limits,
    NotModified,
    Response,
    retry_after_of,
)
from producers.fetch.fetcher import Fetcher, user_agent

__all__ = [
    "Fetch",
    "FetchError",
    "Fetcher",
    "Limits",
    "NotModified",
    "Response",
    "retry_after_of",
    "user_agent",
]
