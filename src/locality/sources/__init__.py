"""Readers of the files that publishers and partners really produce, and the partnership folder that names them."""
