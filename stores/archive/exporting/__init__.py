"""Writing what a query finds into files: articles, quotes and entities as flat tables, with a manifest.

tables.py says what the columns are, formats.py how a file is written, run.py puts them together.
"""

from stores.archive.exporting.formats import FormatError
from stores.archive.exporting.run import export

__all__ = ["FormatError", "export"]
