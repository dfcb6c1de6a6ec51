"""The state that lives in the URL, and the results that it asks for."""
