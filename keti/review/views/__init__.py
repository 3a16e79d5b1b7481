"""Pages of the gates: the list and one gate, its acts, its papers and the pinned texts."""
