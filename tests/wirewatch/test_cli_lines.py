"""What is said while a command acts stands on standard error, and standard output is the command's alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog

from wirewatch.cli import context, demo
from wirewatch.cli.context import Problem, acting, working


@pytest.fixture(autouse=True)
def lines_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(context.options, "db", tmp_path / "wire.db")
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize("opened", [acting, working])
def test_what_is_opened_to_work_speaks_on_standard_error(
    opened: Callable[[], AbstractContextManager[Any]], capfd: pytest.CaptureFixture[str]
) -> None:
    with opened():
        structlog.get_logger().warning("heard")
    told = capfd.readouterr()
    assert (told.out, "heard" in told.err) == ("", True)


def test_so_does_the_demo(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    @contextmanager
    def speaking() -> Iterator[None]:
        structlog.get_logger().warning("heard")
        raise Problem("that is enough")
        yield

    monkeypatch.setattr(demo, "demo_pipeline", speaking)
    with pytest.raises(Problem):
        demo.demo()
    told = capfd.readouterr()
    assert (told.out, "heard" in told.err) == ("", True)
