"""Words, tables, figures and screen of sources and quality."""
