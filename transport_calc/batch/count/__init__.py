"""What a batch comes to: counts and kroner, as text and as JSON."""
