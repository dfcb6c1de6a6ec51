"""Words, tables, figures and screen of the overview."""
