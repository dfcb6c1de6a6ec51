"""Words, tables, figures and screen of the drill."""
