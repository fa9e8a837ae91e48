"""The command line: for scripts, support and servers without a screen. JSON goes to stdout alone, logs to stderr."""
