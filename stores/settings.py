"""The settings that say which store, and where; wirewatch.settings has their meaning."""

from pathlib import Path
from typing import Protocol


class StoreSettings(Protocol):
    """What stores/open.py goes by."""

    @property
    def db(self) -> Path: ...
    @property
    def elasticsearch(self) -> str: ...
    @property
    def elasticsearch_user(self) -> str: ...
    @property
    def elasticsearch_password(self) -> str: ...
    @property
    def index_prefix(self) -> str: ...
    @property
    def replicas(self) -> int: ...
