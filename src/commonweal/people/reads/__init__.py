"""Questions about the hall; each that can return a person takes the scope."""
