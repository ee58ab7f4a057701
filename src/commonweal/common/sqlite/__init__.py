"""A database engine: Django's own for SQLite, with one writer at a time across processes."""
