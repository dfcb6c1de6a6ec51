"""Is the border behind the rest of its side, or one side behind the other?"""
