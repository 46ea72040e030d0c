"""From an assignment and submissions to marks, each with its reason."""
