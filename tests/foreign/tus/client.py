"""Uploads FILE to ENDPOINT with tuspy, a checksum for each piece; goes on with what an earlier run remembered in STATE."""

import sys

from tusclient import client
from tusclient.storage import filestorage

endpoint, file, state, sha256 = sys.argv[1:]
uploader = client.TusClient(endpoint).uploader(
    file,
    chunk_size=512 * 1024,
    metadata={"filename": "c-hasil.jpg", "sha256": sha256},
    store_url=True,
    url_storage=filestorage.FileStorage(f"{state}/py.json"),
    upload_checksum=True,
    retries=100,
    retry_delay=0.2,
)
uploader.upload()
