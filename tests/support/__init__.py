"""What tests share: watches that fail a test for what it leaves behind, fixtures of the real surroundings."""
