#!/usr/bin/env node
// prism.mjs OPENAPI_FOLDER SERVICE_ENDPOINT CA_FILE REPORT
// Prism as a checking proxy: plain HTTP on the loopback in front of the service. The path's version
// says which of the folder's training.VERSION.json an exchange is held against. It prints one JSON
// line with its endpoint when it is ready. REPORT gets a line for each exchange ("GET /path") and one
// for each violation of the OpenAPI file ("VIOLATION GET /path: …").
import { appendFileSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';

import * as prism from './lean_prism.mjs';
import { forPrism, trainingFiles } from './prism_file.mjs';

const [folder, endpoint, , report] = process.argv.slice(2);
const noteLine = (text) => appendFileSync(report, `${text}\n`);

/** Prism says what it sees to its log only; each exchange begins with "Request received". */
class Listener extends Writable {
  asked = '';
  rest = '';

  _write(chunk, _, done) {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop();
    lines.filter(Boolean).forEach((line) => this.take(JSON.parse(line)));
    done();
  }

  take({ msg, input }) {
    if (input && msg === 'Request received') {
      this.asked = `${input.method.toUpperCase()} ${input.url.path}`;
      noteLine(this.asked);
    } else if (/^Violation:|terminated with error/.test(msg)) {
      noteLine(`VIOLATION ${this.asked}: ${msg}`);
    }
  }
}

writeFileSync(report, '');
const operations = [];
for (const file of trainingFiles(folder)) {
  operations.push(...await prism.http.getHttpOperationsFromSpec(forPrism(file)));
}
const server = prism.httpServer.createServer(operations, {
  cors: false,
  config: {
    isProxy: true, upstream: new URL(endpoint), upstreamProxy: undefined,
    validateRequest: true, validateResponse: true, checkSecurity: true, errors: false,
    mock: { dynamic: false },
  },
  components: { logger: prism.core.createLogger('prism', { level: 'info' }, new Listener()) },
});
console.log(JSON.stringify({ endpoint: await server.listen(0, '127.0.0.1') }));
