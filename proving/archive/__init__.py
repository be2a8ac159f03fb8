"""What it costs to renew the proof of a whole archive."""
