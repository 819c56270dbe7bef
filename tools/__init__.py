"""Scripts that make documents and constants of the project."""
