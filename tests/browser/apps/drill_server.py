"""The pages of phones alone, as the product serves them, for a process that starts in a moment and may be killed."""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from views.topics.drill import phone
from web.drill import DrillPages
from web.headers import SecurityHeaders

ROOT = Path(__file__).parents[3]
app = Starlette(
    routes=[*DrillPages(phone.page).routes(), Mount("/app/static", StaticFiles(directory=ROOT / "static"))],
    middleware=[Middleware(SecurityHeaders, page="")],
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
