"""Pages of the duties: the grid, one duty, what is shared of them outside."""
