"""What is counted and how: frozen values and pure functions, without I/O, clock or chance."""
