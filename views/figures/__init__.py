"""Pictures as frozen facts: made once from a result, drawn by the screen, the deck and paper alike."""
