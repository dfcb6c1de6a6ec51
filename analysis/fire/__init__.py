"""Response of the fire service from own posts and from the nearest of any side."""
