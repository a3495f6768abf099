"""Where the localities are: their versions and zones, a locality's page, and the partnership's own thresholds."""
