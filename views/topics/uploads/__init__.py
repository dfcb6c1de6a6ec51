"""Words, tables and screen of files that offices bring."""
