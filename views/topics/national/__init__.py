"""All land borders of Indonesia, and any pair of kabkota."""
