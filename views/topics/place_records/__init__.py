"""What offices and residents have put on record of a place, in a line each, for the pages that are about something else."""
