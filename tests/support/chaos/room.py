"""Takes the room on the disk from a process, without a disk of its own: no file of it may grow.

Not the error of a full disk (ENOSPC) but another (EFBIG); what comes of it is the same: nothing more can be written.
"""

import resource

# A database, a log or an index cannot be written where no file may be longer than its first page.
PAGE_BYTES = 4096


def limit_files(pid: int) -> None:
    """From now on, or until `free_files`."""
    most = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (PAGE_BYTES, most))


def free_files(pid: int) -> None:
    """As long as files may be at most."""
    most = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
