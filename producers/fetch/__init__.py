"""One HTTP request, asked politely and answered safely: bytes, "not modified", or one clear line.

Never decides when to ask, and never reads what the bytes mean.
"""

from producers.fetch.answer import (
    Fetch,
    FetchError,
    Limits,
    NotModified,
    Onward,
    Response,
    retry_after_of,
)
from producers.fetch.fetcher import Fetcher, Gate, open_gate, user_agent

__all__ = [
    "Fetch",
    "FetchError",
    "Fetcher",
    "Gate",
    "Limits",
    "NotModified",
    "Onward",
    "Response",
    "open_gate",
    "retry_after_of",
    "user_agent",
]
