"""Pages of meetings, minutes and action items."""
