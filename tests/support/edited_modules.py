"""Runs the program as if lines of its source were others: what an edit in one place does everywhere else."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from types import ModuleType

Edit = Callable[[str], str]
"""The source of a module -> the edited source."""


class _Edited(Loader):
    def __init__(self, source: str, origin: str) -> None:
        self._source = source
        self._origin = origin

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._origin, "exec"), module.__dict__)


class _Finder(MetaPathFinder):
    def __init__(self, edits: Mapping[str, Edit]) -> None:
        self._edits = edits

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        edit = self._edits.get(fullname)
        if edit is None:
            return None
        found = PathFinder.find_spec(fullname, path)
        assert found is not None
        assert found.origin is not None
        with open(found.origin, encoding="utf-8") as file:
            before = file.read()
        after = edit(before)
        assert after != before, f"nothing was edited in {fullname}"
        return spec_from_loader(fullname, _Edited(after, found.origin), origin=found.origin)


@contextmanager
def edited(edits: Mapping[str, Edit], packages: Sequence[str]) -> Iterator[Callable[[str], ModuleType]]:
    """Within, modules of these packages are imported anew, some edited; what is given imports one by its name.

    Whoever imported one before keeps what he has, and afterwards all is as it was.
    """
    ours = tuple(f"{package}." for package in packages)

    def loaded() -> list[str]:
        return [name for name in sys.modules if name in packages or name.startswith(ours)]

    before = {name: sys.modules.pop(name) for name in loaded()}
    finder = _Finder(edits)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module
    finally:
        sys.meta_path.remove(finder)
        for name in loaded():
            del sys.modules[name]
        sys.modules.update(before)
