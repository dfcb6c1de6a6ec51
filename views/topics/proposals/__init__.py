"""The page of proposals."""
