"""Words, tables, figures and screen of access across the border."""
