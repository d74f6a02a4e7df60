// @tus/server on PORT, files in FOLDER.
import { Server } from '@tus/server'
import { FileStore } from '@tus/file-store'

const [, , port, directory] = process.argv
new Server({ path: '/files', datastore: new FileStore({ directory, expirationPeriodInMilliseconds: 3600e3 }) })
  .listen({ host: '127.0.0.1', port: Number(port) })
