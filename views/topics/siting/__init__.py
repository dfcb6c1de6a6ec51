"""Words, tables, figures and screen of joint sites."""
