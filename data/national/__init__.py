"""Every border of Indonesia: tiles of plain geopandas on dask.distributed, and what of it is shipped."""
