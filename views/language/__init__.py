"""Words, sentences, names, escaping and number cells in both languages."""
