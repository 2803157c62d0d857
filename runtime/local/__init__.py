"""The local runtime: the same stages in one process, on one durable log in one SQLite file."""
