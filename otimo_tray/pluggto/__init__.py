"""Plugg.to over HTTP: session (token, faults), client (the calls), wire (JSON ↔ domain), guesses."""
