"""Checks of published pages: each a small named rule that yields findings and prints nothing."""
