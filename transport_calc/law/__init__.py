"""What the law says: one legal condition, one small function, with its citation and the dates it is in force."""
