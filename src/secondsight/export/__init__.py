"""What leaves Jupyter."""
