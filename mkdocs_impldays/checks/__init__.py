"""What in a site's pages contradicts, repeats or leaves out the facts of its fests."""
