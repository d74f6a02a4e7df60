// Uploads the FILEs to ENDPOINT with tus-js-client, one after the other; goes on with what an earlier run remembered in STATE.
import fs from 'node:fs'
import * as tus from 'tus-js-client'
import { FileUrlStorage } from 'tus-js-client'

const [, , endpoint, state, ...files] = process.argv
const urlStorage = new FileUrlStorage(`${state}/js.json`)
for (const file of files) {
  const done = `${state}/${file.replaceAll('/', '-')}.done`
  if (fs.existsSync(done)) continue
  await new Promise((resolve, reject) => {
    const upload = new tus.Upload(fs.createReadStream(file), {
      endpoint,
      uploadSize: fs.statSync(file).size,
      retryDelays: Array(1000).fill(1000),
      urlStorage,
      fingerprint: async () => file,
      onError: reject,
      onSuccess: resolve,
    })
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length) upload.resumeFromPreviousUpload(earlier[0])
      upload.start()
    }, reject)
  })
  fs.writeFileSync(done, '')
}
process.exit(0)
