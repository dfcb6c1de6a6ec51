"""The pages of the meeting."""
