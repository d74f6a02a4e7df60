"""Uploads the FILEs to ENDPOINT with tuspy, one after the other; goes on with what an earlier run remembered in STATE."""

import pathlib
import sys

from tusclient import client
from tusclient.storage import filestorage

endpoint, state, *files = sys.argv[1:]
for file in files:
    done = pathlib.Path(state, pathlib.Path(file).name + ".done")
    if not done.exists():
        client.TusClient(endpoint).uploader(
            file,
            chunk_size=512 * 1024,
            metadata={"filename": pathlib.Path(file).name},
            store_url=True,
            url_storage=filestorage.FileStorage(f"{state}/py.json"),
            retries=1000,
            retry_delay=1,
        ).upload()
        done.touch()
