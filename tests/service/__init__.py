"""Tests of the service: many shops, virtual time."""
