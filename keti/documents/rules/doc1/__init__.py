"""`doc/1`: a document with figures, tables, notes and marks, as a closed tree of blocks. Pure.

`schema` says what may stand in it and is the only way in; `shown` turns it into the closed tree
that pages and papers are made from; `plain` into its bare words; `cutting` cuts it into sections.
"""
