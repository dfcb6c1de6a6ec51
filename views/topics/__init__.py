"""One folder a topic: words, tables and figures, and what draws them on the screen."""
