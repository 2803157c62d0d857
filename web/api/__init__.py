"""The HTTP API, /api/v1: one file a part of it."""
