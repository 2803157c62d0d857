"""An installation for Python: `wirewatch.open()` gives a Desk, which is asked and answers with typed records."""

from wirewatch.desk.desk import Desk
from wirewatch.desk.rows import Rows

__all__ = ["Desk", "Rows"]
