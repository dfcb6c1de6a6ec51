"""Steps from one form of the tables to the next; `records.database` carries them out."""
