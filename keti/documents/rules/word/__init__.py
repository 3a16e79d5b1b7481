"""A Word file read into `doc/1`: text letter for letter, tables, pictures, charts, notes, marks."""
