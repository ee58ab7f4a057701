"""What becomes true when a file is brought, read, brought in and taken back."""
