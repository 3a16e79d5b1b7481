"""Subtitles read, written, moved and checked. Pure."""
