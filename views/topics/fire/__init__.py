"""Words, tables, figures and screen of fire response."""
