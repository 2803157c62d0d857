"""Articles -> enriched -> wire: named entities, quotes with their speakers, and near-duplicates joined to stories."""

import os

# One thread: workers are processes, and the threads of a matrix library would fight over their cores (a parse
# takes ten times the CPU on a busy machine). It must be said before numpy is first imported, by whomever.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
