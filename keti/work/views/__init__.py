"""Pages of task books and tasks."""
