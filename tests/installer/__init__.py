"""Tests of the set-up: its decisions, with faked commands, and the private desktop for real."""
