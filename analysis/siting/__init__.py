"""Where the next facilities should stand, and how their cost is shared."""
