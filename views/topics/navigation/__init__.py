"""The row on every page: border, search, link, language; and the pages of one place."""
