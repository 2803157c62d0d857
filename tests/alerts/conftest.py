"""What is judged while a channel is told is counted as covered."""

import pytest

from alerts import channel_watch


@pytest.fixture(autouse=True)
def _traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python traces an audit hook only where the hook says so (PEP 578), and the guard of channels is one."""
    monkeypatch.setattr(channel_watch._heard, "__cantrace__", True, raising=False)
