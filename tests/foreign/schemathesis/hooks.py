"""Teaches schemathesis the media type of a piece of an upload (tus 1.0.0): any bytes."""

import schemathesis
from hypothesis import strategies

schemathesis.openapi.media_type("application/offset+octet-stream", strategies.binary(max_size=64))
