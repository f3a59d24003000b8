"""Receipts files of every kind as blocks of text cells."""
