"""A room nobody had before: a video of three minutes. One row of facts, and this."""
