"""Words, tables and map of where the residents of a kelurahan can go."""
