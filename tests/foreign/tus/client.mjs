// Uploads FILE to ENDPOINT with tus-js-client; goes on with what an earlier run has remembered in STATE.
import fs from 'node:fs'
import * as tus from 'tus-js-client'
import { FileUrlStorage } from 'tus-js-client'

const [, , endpoint, file, state, sha256] = process.argv
const fail = (error) => { console.error(error.message); process.exit(1) }
const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  uploadSize: fs.statSync(file).size,
  chunkSize: 1024 * 1024,
  metadata: { filename: 'c-hasil.jpg', filetype: 'image/jpeg', sha256 },
  retryDelays: Array(100).fill(200),
  urlStorage: new FileUrlStorage(`${state}/js.json`),
  fingerprint: async () => sha256,
  onError: fail,
  onSuccess: () => process.exit(0),
})
const earlier = await upload.findPreviousUploads()
if (earlier.length) upload.resumeFromPreviousUpload(earlier[0])
upload.start()
