"""How text becomes terms: one analyser, the same as the one Elasticsearch is given, for every engine.

Standard tokenizer, ASCII folding, lower case, English possessive, Porter. Knows nothing of queries or stores.
"""
