"""One jury at work: its members, what they declared, who reads whom, and what they decide."""
