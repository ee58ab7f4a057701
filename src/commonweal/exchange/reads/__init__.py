"""Questions of the exchange: what is there already, what a file would do, what may go out."""
