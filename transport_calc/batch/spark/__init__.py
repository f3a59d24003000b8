"""The batch on Spark: the same readers and the same decisions, one task per file."""
