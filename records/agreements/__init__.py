"""Agreements and partnership projects that offices enter: tables, and the only ways to write them."""
