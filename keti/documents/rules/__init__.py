"""The pure half of the room: text, paper, files. No Django, no clock, no database."""
