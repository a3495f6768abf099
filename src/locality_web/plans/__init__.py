"""What is agreed: locality plans, joint lines, the strategic commissioning plan, guidance checks, publishing."""
