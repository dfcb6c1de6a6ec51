"""Drills as they happen: who takes part, and what was pressed when."""
