"""Geometry: projection, borders, sample points, outlines, distances, and records of the same place."""
