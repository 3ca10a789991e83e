"""What the guide *Kør selv* shows: a made-up municipality, its mistakes, and the pictures."""
