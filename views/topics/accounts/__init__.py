"""Accounts: the form to sign in, one's own account, and what admins and verifiers see."""
