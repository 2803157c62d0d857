"""A file that is written whole or not at all, and that only its owner may read: it holds channels with passwords."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.ports import ControlError
from stores.private import OWNER_ONLY


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; it becomes `path` when all is written. Raises ControlError."""
    if path.exists():
        raise ControlError(f"{path} is there already: name another file, or move it away")
    partial = path.with_name(path.name + ".partial")
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY))
        yield partial
        _onto_disk(partial)
        partial.rename(path)
        _onto_disk(path.parent)
    except OSError as error:
        raise ControlError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _onto_disk(path: Path) -> None:
    """Return when the disk has it, also where the power goes now."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
