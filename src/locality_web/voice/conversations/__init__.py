"""Conversations: what is asked, what people answer on the site, and moderation."""
