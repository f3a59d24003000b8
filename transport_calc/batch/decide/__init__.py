"""Blocks of cells to decisions: one law, each situation decided once."""
