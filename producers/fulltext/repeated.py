"""Texts that several addresses of one host answer with: what stands before its articles, or in their place."""

from collections import OrderedDict
from hashlib import blake2b
from urllib.parse import urlsplit

# A day of a busy poller's pages; 100 bytes each.
_MOST = 20_000


class RepeatedTexts:
    """The texts of the pages that came lately. Forgetting costs a wall that is not seen."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[bytes, str] = OrderedDict()

    def came_from_another(self, address: str, text: str) -> bool:
        """Whether another address of the same host answered with the very text; it is remembered."""
        host = urlsplit(address).hostname or ""
        key = blake2b(f"{host}\n{text}".encode("utf-8", "replace"), digest_size=16).digest()
        first = self._addresses.setdefault(key, address)
        self._addresses.move_to_end(key)
        if len(self._addresses) > _MOST:
            self._addresses.popitem(last=False)
        return bool(text) and first != address
