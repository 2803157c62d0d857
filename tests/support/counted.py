"""Child processes that are counted as covered too, for tests whose children run what no test's own process does.

To count all of them makes the tests a third longer. One that is killed, rather than asked to end, is not counted.
"""

from coverage import Coverage


def counted() -> dict[str, str]:
    """What a child must find in its environment; nothing where the test's own process is not counted."""
    running = Coverage.current()
    # read by what coverage puts into every Python that it is installed for; the data are beside those of this process
    return {} if running is None else {"COVERAGE_PROCESS_CONFIG": running.config.serialize()}
