"""Maps and charts drawn for paper."""
