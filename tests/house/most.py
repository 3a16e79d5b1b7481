"""How much one page may ask of the database: said here, for every test that counts."""

MOST_STATEMENTS = 15
"""Statements of a whole page, menu and all, of whatever it shows one row or a thousand."""
