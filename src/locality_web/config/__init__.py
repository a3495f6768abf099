"""How a site is put together: its settings, its addresses, its command. Nothing else belongs here."""
