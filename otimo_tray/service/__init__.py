"""Many shops in one process without a screen: shared threads, one watch over all, word to whoever looks after them."""
