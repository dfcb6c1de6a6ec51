"""Words, tables, figures and screen of priority."""
