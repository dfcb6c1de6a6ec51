"""Flat tables, one row a fact: what CSV, workbook and other readers get."""
