"""What the web page asks and tells: JSON under /page, a stream of changes, and the page's own files."""

from playground.page_api.routes import Page

__all__ = ["Page"]
