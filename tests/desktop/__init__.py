"""Tests of the operating system adapters."""
