"""SQLite as keti uses it: Django's, and writers wait in the order in which they came."""
