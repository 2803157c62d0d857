"""The spread of a quote: variants of one utterance over articles and outlets, first seen where, cut or reworded how.

`relation` compares two, `utterances` groups many, `spread` asks a store. Pure but for the last; knows no engine.
"""
