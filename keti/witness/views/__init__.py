"""Pages of the room: what units confirm of the record, and the keys with which they sign."""
