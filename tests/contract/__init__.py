"""One contract, passed by the real part and by the fake alike."""
