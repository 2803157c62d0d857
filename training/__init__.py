"""Training of our own models: silver labels by a vote of teachers and our own relabelling, then a small network.

Knows nothing of where texts come from: it is given files. Texts never end up in what it writes, only weights.
"""
