// Working by link.
