"""What a workspace owns, table by table and page by page, and the same read in again."""
