"""How old the figures are, compared with how often their publishers renew them."""
