"""Words, tables, figures and screen of the profile of a kelurahan."""
