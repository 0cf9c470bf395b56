"""What each stage costs: ``python -m benchmarks`` prints one table of ratios and CPU seconds."""
