"""Consent withdrawn at every stage, for every purpose, by every kind of person, against a model."""
