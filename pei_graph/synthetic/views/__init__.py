"""Each system's own faulty view of the council, in its own layout; one module a system."""
