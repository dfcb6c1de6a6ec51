"""Words, tables and screen of the catalogue that admins look after."""
