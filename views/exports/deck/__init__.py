"""The deck (PPTX)."""
