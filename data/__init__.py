"""What Tapal knows: the catalogue, the shipped tables, their loader, and the build that makes them."""
