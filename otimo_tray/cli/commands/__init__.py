"""One module a command. Each has `add(subparsers)` and `run(args, profile, output) -> int` (an exit code)."""
