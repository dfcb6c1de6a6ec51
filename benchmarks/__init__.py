"""The budgets of design.md, measured: `make bench`."""
