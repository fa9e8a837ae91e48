"""The tests: they mirror the package; what several of them need is in `tests.support`."""
