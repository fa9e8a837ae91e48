"""What helps a shop by phone: the installed program's test of itself."""
