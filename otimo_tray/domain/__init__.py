"""Pure values and rules of the trade: no I/O, no clock, no Qt."""
