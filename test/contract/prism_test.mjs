#!/usr/bin/env node
// The checking proxy between wrong requests and wrong answers: each is found out, good ones are not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [openapi] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'retraind-prism-'));
const report = join(folder, 'report');
const prism = join(dirname(fileURLToPath(import.meta.url)), 'prism.mjs');
const tag = '11111111-2222-3333-4444-555555555555';
const projectIn = (version) => `/customvision/${version}/training/projects/${tag}`;
const versions = ['v3.0', 'v3.2', 'v3.3', 'v3.4-preview'];
const good = { id: tag, name: 'cat', description: null, type: 'Regular', imageCount: 0 };

let answer;
const service = http.createServer((asked, reply) => {
  asked.resume().on('end', () => {
    reply.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
    reply.end(JSON.stringify(answer.body));
  });
});
await new Promise((listening) => service.listen(0, '127.0.0.1', listening));

const child = spawn(process.execPath,
  [prism, openapi, `http://127.0.0.1:${service.address().port}`, '-', report],
  { stdio: ['ignore', 'pipe', 'inherit'] });
const line = await new Promise((done) => child.stdout.once('data', done));
const { endpoint } = JSON.parse(line);

/** Whether the proxy called it a violation. */
async function violates(method, path, body, answered,
  { headers = { 'Training-Key': 'k' }, version = 'v3.3' } = {}) {
  answer = answered;
  const before = readFileSync(report, 'utf8').length;
  const reply = await fetch(endpoint + projectIn(version) + path, {
    method, headers: { ...headers, ...(body && { 'content-type': 'application/json' }) }, body,
  });
  await reply.text();
  return readFileSync(report, 'utf8').slice(before).includes('VIOLATION');
}

try {
  const ok = (body) => ({ status: 200, body });
  const batch = (entry) => JSON.stringify({ images: [entry] });
  const summary = ok({ isBatchSuccessful: true, images: [{ sourceUrl: 'a', status: 'OK' }] });
  assert.equal(await violates('GET', '/tags', undefined, ok([good])), false);
  assert.equal(await violates('POST', '/images/files',
    batch({ name: 'a', contents: 'QUJD', tagIds: [tag] }), summary), false);
  assert.equal(await violates('GET', '/tags', undefined,
    { status: 429, body: { error: { code: '429', message: 'wait' } } }), false);

  assert.equal(await violates('GET', '/tags', undefined, ok([good]), { headers: {} }), true,
    'no key');
  assert.equal(await violates('POST', '/tags', undefined, ok(good)), true, 'no name');
  assert.equal(await violates('POST', '/images/files', batch({ name: 7 }), summary), true, 'name');
  assert.equal(await violates('POST', '/images/files',
    batch({ name: 'a', contents: 'QUJD', tagIds: ['cat'] }), summary), true, 'tag id');
  assert.equal(await violates('GET', '/tags', undefined, ok([{ ...good, type: 7 }])), true, 'type');
  assert.equal(await violates('GET', '/tags', undefined, ok({})), true, 'no list');
  // Each version by its own file: 207 came with v3.3.
  const publish = `/iterations/${tag}/publish?publishName=a&predictionId=b`;
  const whole = { status: 207, body: summary.body };
  const upload = ['POST', '/images/files', batch({ name: 'a', contents: 'QUJD' })];
  const seen = {};
  for (const version of versions) {
    seen[version] = [
      await violates('POST', publish, undefined, ok(true), { version }),
      await violates(...upload, whole, { version }),
    ];
  }
  assert.deepEqual(seen, {
    'v3.0': [false, true], 'v3.2': [false, true], 'v3.3': [false, false],
    'v3.4-preview': [false, false],
  });
  assert.equal(await violates('GET', '/images', undefined, ok([]), { version: 'v3.2' }), true,
    'an operation that came later');
  assert.equal(await violates('GET', '/tags', undefined, ok([good]), { version: 'v3.9' }), true,
    'a version without a file');
  console.log('19 exchanges are judged right');
} finally {
  child.kill();
  service.close();
  rmSync(folder, { recursive: true });
}
