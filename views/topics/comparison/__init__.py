"""Words, tables, figures and screen of border against interior."""
