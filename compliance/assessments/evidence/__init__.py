"""Evidence on answers: files and links, what is taken and what is refused, and the way out."""
