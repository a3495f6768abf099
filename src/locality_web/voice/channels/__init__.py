"""Every other channel, with the same standing: paper, telephone, visits, groups; and what became of it."""
