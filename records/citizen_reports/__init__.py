"""Reports of residents: what comes in, how it is looked through, photos, and what may be shown."""
