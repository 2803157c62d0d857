"""The query language: Lucene's syntax, read into a small tree that every engine translates for itself.

`parse` gives the tree; `fields` says what may be asked; `match` says what a tree means for one article.
"""
