"""Words, tables, figures and screen of sharing a cost."""
