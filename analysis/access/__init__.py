"""Access to services with the border closed and open."""
