"""The real app, copied beside this script, over tables whose names were written by somebody with bad intentions."""

import dataclasses
import runpy
from pathlib import Path

import streamlit as st

from data import national_tables, tables

PWN = "window.top.__pwned=window.__pwned=1"
HOSTILE = f"=cmd|' /C calc'!A0<img src=x onerror={PWN}>`${{{PWN}}}`</script><script>{PWN}</script>[x](javascript:{PWN})"

if "hostile" not in st.session_state:
    st.session_state["hostile"] = True
    load = tables.load

    def hostile_load() -> tables.Dataset:
        data = load()
        named = {
            level: getattr(data, level).assign(nama=HOSTILE, **({"kabkota": HOSTILE} if level != "kabkota" else {}))
            for level in ("kelurahan", "kecamatan", "kabkota")
        }
        return dataclasses.replace(data, **named)

    tables.load = hostile_load  # type: ignore[assignment]
    everywhere = national_tables.National()
    if everywhere.there:
        vars(everywhere)["kabkota"] = everywhere.kabkota.assign(nama=HOSTILE)
        vars(everywhere)["pairs"] = everywhere.pairs.assign(name_a=HOSTILE, name_b=HOSTILE)
    national_tables.shipped = lambda: everywhere  # type: ignore[assignment]

runpy.run_path(str(Path(__file__).parent / "app.py"))
