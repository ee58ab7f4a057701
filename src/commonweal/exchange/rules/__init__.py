"""How strange files are read and understood; neither Django nor rows."""
