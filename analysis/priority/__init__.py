"""Which kelurahan need most: composite index and its ranking."""
