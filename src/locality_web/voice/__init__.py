"""What people say, and what became of it: conversations, votes, themes, influence, and who was heard."""
