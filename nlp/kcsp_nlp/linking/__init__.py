"""What mentions stand for: people, bodies, sums and laws, and what joins them."""
