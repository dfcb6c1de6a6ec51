"""Words, tables, figures and screen of agreements and partnership projects."""
