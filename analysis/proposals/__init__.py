"""What people propose, compared with where the gaps are."""
