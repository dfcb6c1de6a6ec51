"""The border as a sequence of slides."""
