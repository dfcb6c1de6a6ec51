"""Words of the reminders of both sides."""
