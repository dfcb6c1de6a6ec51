"""Changes of facilities that a user asks about."""
