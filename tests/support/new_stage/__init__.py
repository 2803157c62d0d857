"""A stage of somebody's own: all of it is in words.py, and __main__.py adds it to the list."""
