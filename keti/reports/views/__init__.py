"""Pages of the reports: lists, drafting, reading."""
