"""A Slack workspace in a box: Web API, Socket Mode, a web page and a clock that jumps."""
