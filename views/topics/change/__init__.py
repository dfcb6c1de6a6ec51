"""Words, tables, figures and screen of change between two years."""
