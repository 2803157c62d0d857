"""Quotation extraction: who said what, from tokens, a parse where there is one, and words of reporting.

Knows no model and no network: what it needs is handed in.
"""

from processors.quotes.find import Found, find_quotes, wants_parse

__all__ = ["Found", "find_quotes", "wants_parse"]
