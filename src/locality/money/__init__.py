"""What a locality has to spend: historic share, fair share, the distance between them, and a budget."""
