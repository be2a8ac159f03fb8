"""What a signature gets after it is made: time stamps, proof of revocation, renewal."""
