"""Making sense of what was said: themes, opinion groups, priorities, influence both ways, and who was heard."""
