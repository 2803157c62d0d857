"""How text becomes terms: one analyser, the same as the one Elasticsearch is given, for every engine.

Standard tokenizer, lower case, ASCII folding, English possessive, Porter. Knows nothing of queries or stores.
"""

GENERATION = 1
"""Raise it when any text gets other terms: what was indexed with the old ones is then indexed anew."""
