"""How days and hours are written, one way on every page: 23 November 2026, 23 Nov 2026, 15:40. Read by Django."""
