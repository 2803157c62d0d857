"""Sources: each file is one way that articles come in. What a source is, producers/source.py says."""
