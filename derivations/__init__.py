"""What is claimed: the mathematics of neural networks, a file a subject."""
