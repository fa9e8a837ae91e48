"""The one table of the program: compact rows, search as you type, copy as Excel expects it."""
