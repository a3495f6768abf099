"""What there is to spend: the service catalogue, releases, budgets and decisions, and funding sources."""
