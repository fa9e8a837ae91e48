"""What the tests of the hub client share: a scripted server, doubles."""
