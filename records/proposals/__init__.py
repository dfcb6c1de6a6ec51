"""Proposals of the musrenbang that offices bring from SIPD; who proposed is never among them."""
