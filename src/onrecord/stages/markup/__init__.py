"""Pages in HTML: the tree with its places in the source, its lines, which of them are the article, and what the page says about itself."""
