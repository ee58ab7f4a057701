"""Paper: charts and sheets drawn as PDF from plain values, with our own letters embedded."""
