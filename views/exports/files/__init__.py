"""Workbook, GeoPackage, minutes and offline pages."""
