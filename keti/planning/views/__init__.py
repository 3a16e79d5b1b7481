"""Pages of planning: first run (`start`), working copies (`drafts`, `entries`), the charter."""
