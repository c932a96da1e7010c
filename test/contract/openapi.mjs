#!/usr/bin/env node
// openapi.mjs RETRAIND CUSTOMVISION_SANDBOX TEST_DATA
// One real run of the daemon against the sandbox; every exchange has to be what the service's
// OpenAPI file says, in both directions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Contract } from './contract.mjs';
import { changesOf, deviations } from './deviations.mjs';
import { trainingFiles } from './prism_file.mjs';
import { startProxy } from './proxy.mjs';
import { seeFailures } from './wrong_exchanges.mjs';
import { World, stripes } from './world.mjs';

const [retraind, sandbox, data] = process.argv.slice(2);
const files = trainingFiles(join(data, 'openapi'));
const account = '/subscriptions/local/resourceGroups/local/providers/' +
  'Microsoft.CognitiveServices/accounts/sandbox';
const giveUpAfterMs = 240_000;
const picturesPerTag = 11;
const needed = ['GetDomains', 'GetProjects', 'CreateProject', 'GetTags', 'CreateTag',
  'CreateImagesFromFiles', 'TrainProject', 'GetIterations', 'GetIteration',
  'GetIterationPerformance', 'PublishIteration'];

function configuration(world, endpoint, keyFile) {
  return `service:
  endpoint: ${endpoint}
  training_key_file: ${keyFile}
  requests_per_second: 8
state: ${world.path('state')}
admin: {listen: "unix:${world.path('admin.sock')}"}
log: {level: debug}
projects:
- name: shapes
  create: {}
  watch:
  - path: ${world.path('drop')}
    settle: 200ms
    scan_every: 300ms
  batch: {linger: 200ms}
  retrain: {after_images: 10, quiet_for: 300ms, cooldown: 0}
  publish:
    name: production
    prediction_resource_id: ${account}
`;
}

function dropPictures(world) {
  for (let seed = 0; seed < picturesPerTag; ++seed) {
    world.write(`drop/upright/${seed}.bmp`, stripes(true, seed));
    world.write(`drop/level/${seed}.bmp`, stripes(false, seed));
  }
  world.write('drop/level/refused.bmp', stripes(false, picturesPerTag));
}

async function startService(world) {
  const rule = {
    operation: 'CreateImagesFromFiles', image_status: { '*refused.bmp': 'ErrorImageFormat' },
  };
  const faults = world.write('faults.json', JSON.stringify({ rules: [rule] }));
  const child = world.start('sandbox', sandbox,
    ['--data', world.path('service'), '--listen', '127.0.0.1:0', '--faults', faults]);
  return JSON.parse(await world.firstLine('sandbox', child));
}

/** Runs the daemon once; returns every exchange there was. */
async function recordRun(world) {
  const exchanges = [];
  const service = await startService(world);
  const proxy = await startProxy({
    endpoint: service.endpoint, ca: readFileSync(service.ca_file),
    seen: (asked, answered, failed) => exchanges.push({ asked, answered, failed }),
  });
  dropPictures(world);
  const file = world.write('retraind.yaml',
    configuration(world, proxy.endpoint, service.training_key_file));
  const code = await world.start('retraind', retraind, ['run', '-c', file, '--once']).ended;
  proxy.stop();
  assert.equal(code, 3, `retraind ended with ${code}:\n${world.read('retraind.log')}`);
  assert.equal(world.read('retraind.out').trimEnd().split('\n').at(-1),
    `confirmed ${2 * picturesPerTag}, duplicate 0, held out 0, removed 0, rejected 1, held 0, ` +
    'waiting 0');
  return exchanges;
}

function checkAll(contract, exchanges) {
  const seen = new Map();
  const rowOf = (operation) => seen.get(operation) ??
    seen.set(operation, { count: 0, statuses: new Set() }).get(operation);
  let violations = 0;
  for (const { asked, answered, failed } of exchanges) {
    assert.ifError(failed);
    const { operation, violations: found } = contract.check(asked, answered);
    rowOf(operation).count += 1;
    rowOf(operation).statuses.add(answered.status);
    const named = `${asked.method} ${asked.target} ${answered.status}`;
    found.forEach((what) => console.error(`${named}: ${what}`));
    violations += found.length;
  }
  return { seen, violations };
}

function print(seen) {
  const line = (operation, count, statuses) =>
    console.log(`${String(operation).padEnd(26)}${String(count).padStart(6)}  ${statuses}`);
  line('operation', 'count', 'statuses');
  for (const [operation, { count, statuses }] of [...seen].sort()) {
    line(operation, count, [...statuses].sort().join(' '));
  }
}

function checkDeviationsAreRecorded() {
  const changes = new Set(files.flatMap((file) => changesOf(file).map(({ change }) => change)));
  for (const { definition, property, change, recording, shows } of deviations) {
    assert.ok(changes.has(change), `no file has ${definition}.${property}`);
    const bodies = JSON.parse(readFileSync(join(data, 'sandbox_service', recording))).exchanges
      .map(({ response }) => response.body);
    assert.ok(bodies.some((body) => body?.includes(shows)), `${recording} does not show ${shows}`);
  }
}

const world = new World();
const late = setTimeout(() => {
  console.error(`not done after ${giveUpAfterMs} ms:\n${world.read('retraind.log')}`);
  world.remove();
  process.exit(1);
}, giveUpAfterMs);
try {
  checkDeviationsAreRecorded();
  const contract = new Contract(files.find(({ info }) => info.version === '3.3'));
  console.log(`${seeFailures(contract)} wrong exchanges are found out`);
  const { seen, violations } = checkAll(contract, await recordRun(world));
  print(seen);
  assert.equal(violations, 0, `${violations} violations`);
  assert.deepEqual(needed.filter((operation) => !seen.has(operation)), [], 'operations not seen');
  assert.ok(seen.get('CreateImagesFromFiles').statuses.has(207), 'no 207 was seen');
} finally {
  clearTimeout(late);
  world.remove();
}
