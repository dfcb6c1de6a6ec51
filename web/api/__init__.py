"""The addresses below ``api/v1``: what the app shows, for other programs, as OGC API Features.

`contract` says what the rest of the product hands over, `asking` reads what is asked for, `writing` makes the bytes,
`kept` bounds the work, `describing` writes what the standard wants said, and `service` puts them together.
"""
