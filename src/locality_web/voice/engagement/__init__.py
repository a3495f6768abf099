"""The level of engagement of a conversation: worked out from what the site holds, and the record that it makes."""
