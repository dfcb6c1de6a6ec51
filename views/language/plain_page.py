"""A page that needs neither Streamlit nor a script: what the form to sign in and the form for residents share."""

from __future__ import annotations

from html import escape

from views.language.words import Words

_STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --field: #f1f4f4; --text: #1c2426; --line: #7d8b8d; --accent: #2b4452; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14191b; --field: #1f2729; --text: #e8eded; --line: #6a7779; --accent: #9dbccb; --on: #14191b; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 "Source Sans 3", "Source Sans", sans-serif; color: var(--text); background: var(--ground); }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: 0.5rem 1rem; border-bottom: 1px solid var(--line); }
header a { display: inline-flex; align-items: center; min-height: 2.75rem; }
header img { display: block; height: 2rem; width: auto; }
main { margin: 0 auto; max-width: 26rem; padding: 2rem 1rem; }
h1 { font-size: 1.75rem; font-weight: 600; margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 0.25rem; }
input, button { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: 0.25rem; }
button { margin-top: 1.5rem; color: var(--on); background: var(--accent); border-color: var(--accent); cursor: pointer; }
:is(input, button, a):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
nav { margin-top: 2rem; }
.told { padding: 0.75rem; border: 1px solid var(--line); border-left-width: 0.4rem; border-radius: 0.25rem; }
"""


def plain_page(w: Words, title: str, body: str, *, home: str, switch: str, root: str = "./", style: str = "") -> str:
    """An HTML page with the mark of the product, a way to the other language, a heading and a body.

    Parameters
    ----------
    w : language
    title : plain text
    body : HTML; what people wrote is escaped in it
    home : relative address to which the mark leads
    switch : relative address of the same page in the other language
    root : relative address of the app
    style : CSS beside that of all plain pages
    """
    other, name = ("en", "English") if w.language == "id" else ("id", "Indonesia")
    return (
        f'<!doctype html><html lang="{w.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)} · Tapal</title><link rel="icon" href="{root}app/static/ikon.png">'
        f"<style>{_STYLE}{style}</style></head><body><header>"
        f'<a href="{escape(home)}"><img src="{root}app/static/tapal.svg" alt="Tapal" width="116" height="32"></a>'
        f'<a href="{escape(switch)}" lang="{other}" hreflang="{other}">{name}</a></header>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
