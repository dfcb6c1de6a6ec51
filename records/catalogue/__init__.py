"""Entries of the catalogue that admins add or change, and withdraw; nothing is overwritten."""
