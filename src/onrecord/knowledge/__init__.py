"""What is known of a language or a publisher, as files that the program reads directly."""
