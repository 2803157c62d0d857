"""The store on SQLite: one file, no server."""
