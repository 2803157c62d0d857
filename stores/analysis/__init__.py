"""How text becomes terms: one analyser, the same as the one Elasticsearch is given, for every engine.

Signs rewritten, standard tokenizer, lower case, ASCII folding, English possessive, known stems, Porter; and beside it
the analysers of languages that have one of their own (languages.py). Knows nothing of queries or stores.
"""

GENERATION = 6
"""Raise it when anything gets other terms: what was indexed with the old ones is then indexed anew."""
