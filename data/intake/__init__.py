"""Files that people bring: looked at and read within bounds."""
