"""What in a site's pages contradicts, repeats or forgets the facts of its fests."""
