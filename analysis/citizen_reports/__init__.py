"""Reports of residents: their states, what may follow what, and the days in which they are answered."""
