"""tuspyserver on PORT, files in FOLDER."""

import sys

import uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router

port, folder = sys.argv[1:]
app = FastAPI()
app.include_router(create_tus_router(prefix="files", files_dir=folder))
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
