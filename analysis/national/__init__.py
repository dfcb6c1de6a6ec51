"""Every border of Indonesia: edge against interior, all borders judged together."""
