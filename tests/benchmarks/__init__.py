"""What the program costs beside the bare work: `python -m tests.benchmarks`. No test; it prints ratios of one run."""
