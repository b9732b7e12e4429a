"""What the program costs, each figure as a ratio to something measured beside it in the same run."""
