"""New content, asked for in a conversation and written into the course's files."""
