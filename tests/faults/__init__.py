"""Breaks everything in turn and compares both sides afterwards; `python -m tests.faults` prints one table of it."""
