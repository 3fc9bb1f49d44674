"""What the web page asks and tells: JSON under /page, a stream of changes, and the page's own files."""
