"""Reports of residents: the form and the page of a ticket, the list, the map, and what an office does with them."""
