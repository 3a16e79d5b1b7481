"""Storms, kills and long proofs: run by `make prove`, bounded, on loopback, printing figures."""
