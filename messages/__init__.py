"""Values in, Block Kit out: Jinja2 templates for the words, slackblocks for the structure."""
