"""What every HTTP client of ours has in common: where it may go, whom it trusts, and how much it reads."""
