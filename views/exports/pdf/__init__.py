"""The PDF files."""
