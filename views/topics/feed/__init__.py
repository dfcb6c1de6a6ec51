"""The feed for other programs, as people read about it."""
