"""The server around Streamlit: what it sends, what it takes in, and how it starts. Pages know nothing of it."""
