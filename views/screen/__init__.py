"""Maps and charts drawn for the browser."""
