"""Questions about the list and the chains; each that can return a person takes the scope."""
