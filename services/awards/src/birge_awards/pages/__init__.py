"""What people see of the awards: the console, the jury's rooms, the public pages."""
