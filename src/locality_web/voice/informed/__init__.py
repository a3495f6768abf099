"""Who is kept informed, by which means; and what the room gives away and takes in as open data."""
