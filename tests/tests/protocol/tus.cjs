// A stock client of tus: it puts a file on the server, and goes on by itself where the connection broke. It prints what it asked and
// was answered, a line of JSON each. Arguments: the folder of tus-js-client, where uploads begin, a token, a file, its SHA-256.
const [, , client, endpoint, token, path, sha256] = process.argv;
const fs = require('fs');
const tus = require(client);

const say = (line) => console.log(JSON.stringify(line));
const upload = new tus.Upload(fs.createReadStream(path), {
  endpoint,
  chunkSize: 16 << 20,
  uploadSize: fs.statSync(path).size,
  retryDelays: [0, 100, 200, 400, 800, 1600, 3200],
  headers: { Authorization: `Bearer ${token}` },
  metadata: { filename: 'Desain akhir.pdf', filetype: 'application/pdf', sha256, policy: 'design' },
  onAfterResponse: (request, response) => say({
    method: request.getMethod(),
    from: request.getHeader('Upload-Offset') ?? null,
    status: response.getStatus(),
    offset: response.getHeader('Upload-Offset') ?? null,
  }),
  onError: (error) => { say({ failed: String(error) }); process.exitCode = 1; },
  onSuccess: () => say({ done: upload.url }),
});
upload.start();
