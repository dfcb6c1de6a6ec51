"""Files that offices bring: what they would change, and which are needed most."""
