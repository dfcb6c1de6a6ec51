"""What people write: accounts, permissions, the audit trail, and the database in which they stand."""
