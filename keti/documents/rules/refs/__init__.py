"""References: kept as CSL-JSON, read from what is pasted, printed as GB/T 7714 has them. Pure."""
