"""What the program asks of the operating system: keyring, folders, settings file, lock, talk between
processes."""
