"""Agreements between regions: what they hold, the stages they pass, and how they stand on a day."""
