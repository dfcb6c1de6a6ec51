"""Words, tables, figures and screen of the map."""
