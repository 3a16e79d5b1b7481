"""The chain of research as pure functions: its kinds, fingerprints, what is suspect, what lacks."""
