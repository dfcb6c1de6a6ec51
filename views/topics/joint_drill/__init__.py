"""The control room of a joint drill: words, tables, forms and screen."""
