"""What an indicator says: gaps, classes, layers, quality, population, summaries."""
