"""How old the figures are, and who could bring newer ones."""
