"""Decisions and rejects to files that appear only when complete; comparison of results."""
