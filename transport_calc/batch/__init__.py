"""Receipts in, decisions out: the same decision as `check`, for every row of a file."""
