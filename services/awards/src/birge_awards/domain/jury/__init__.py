"""The jury: who reads whom, what their scores say, and how a tie is decided."""
