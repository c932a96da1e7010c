#!/usr/bin/env node
// clients.mjs CUSTOMVISION_SANDBOX
// The official JavaScript clients run every operation they have against the sandbox, over TLS. One
// line an operation says what came of it; the test fails on every outcome that is not the one
// written down, and on an operation that nobody wrote down.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

import { ApiKeyCredentials } from '@azure/ms-rest-js';
import prediction from '@azure/cognitiveservices-customvision-prediction';
import training4 from 'training-4.0.0';
import training5 from 'training-5.2.0';

import { Pace } from './pace.mjs';
import { predictionSteps, trainingSteps } from './client_steps.mjs';
import { World, stripes } from './world.mjs';

const [sandbox] = process.argv.slice(2);
const giveUpAfterMs = 240_000;

async function startService(world) {
  const child = world.start('sandbox', sandbox,
    ['--data', world.path('service'), '--listen', '127.0.0.1:0', '--tier', 'S0']);
  const said = JSON.parse(await world.firstLine('sandbox', child));
  const agent = new https.Agent({ ca: readFileSync(said.ca_file), keepAlive: true });
  return {
    endpoint: said.endpoint,
    options: { agentSettings: { http: agent, https: agent }, noRetryPolicy: true },
    trainingKey: readFileSync(said.training_key_file, 'utf8').trim(),
    predictionKey: readFileSync(said.prediction_key_file, 'utf8').trim(),
    agent,
  };
}

/** Pictures by address, for the operations that fetch them. */
async function startPictures() {
  const server = http.createServer((asked, reply) => {
    const [, pattern, seed] = asked.url.split('/');
    reply.writeHead(200, { 'content-type': 'image/bmp' });
    reply.end(stripes(pattern === 'upright', Number(seed)));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: (pattern, seed) => `http://127.0.0.1:${server.address().port}/${pattern}/${seed}`,
    stop: () => (server.closeAllConnections(), server.close()),
  };
}

const operationsOf = (client) => Object.getOwnPropertyNames(Object.getPrototypeOf(client))
  .filter((name) => name !== 'constructor');

/**
 * The service's error body. A client throws it away where the operation answers with a file: then
 * it is asked for again.
 */
async function refusalIn(error) {
  if (error.body?.code) return error.body;
  if (error.request?.method !== 'GET' || !error.request.streamResponseBody) return undefined;
  const answer = await new Promise((done, failed) => {
    const headers = { 'training-key': service.trainingKey };
    https.get(error.request.url, { headers, agent: service.agent }, done).on('error', failed);
  });
  return JSON.parse(await text(answer));
}

/** What an error of the service says, or any other, in one line. */
const reasonOf = (error, refusal) =>
  (refusal ? `${error.statusCode} ${refusal.code}: ${refusal.message}`
    : `${error.statusCode ?? ''} ${error.message}`).replaceAll(/\s+/g, ' ').trim();

async function outcomeOf({ run, expected }) {
  try {
    await run();
    return expected ? 'FAILED: it was performed' : 'ok';
  } catch (error) {
    const refusal = await refusalIn(error);
    const isExpected = expected && error.statusCode === 400 && refusal?.code === expected;
    return isExpected ? `${expected} as documented` : `FAILED: ${reasonOf(error, refusal)}`;
  }
}

/** Runs the steps in order and prints them; returns how many operations failed. */
async function runSteps(name, client, steps) {
  let failures = 0;
  for (const step of steps) {
    const outcome = await outcomeOf(step);
    failures += outcome.startsWith('FAILED');
    console.log(`${name.padEnd(17)}${step.operation.padEnd(30)}${outcome}`);
  }
  const covered = new Set(steps.map((step) => step.operation));
  const operations = operationsOf(client);
  for (const operation of operations.filter((one) => !covered.has(one))) {
    console.log(`${name.padEnd(17)}${operation.padEnd(30)}FAILED: no step covers it`);
    failures += 1;
  }
  console.log(`${name}: ${operations.length} operations, ${failures} failures`);
  return failures;
}

const world = new World();
const late = setTimeout(() => {
  console.error(`not done after ${giveUpAfterMs} ms:\n${world.read('sandbox.log')}`);
  world.remove();
  process.exit(1);
}, giveUpAfterMs);
const pictures = await startPictures();
let service;
try {
  service = await startService(world);
  const { endpoint, options, trainingKey, predictionKey } = service;
  const keyed = (header, key) => new ApiKeyCredentials({ inHeader: { [header]: key } });
  const clients = {
    newer: new training5.TrainingAPIClient(keyed('Training-Key', trainingKey), endpoint, options),
    older: new training4.TrainingAPIClient(trainingKey, endpoint, options),
    predicting: new prediction.PredictionAPIClient(
      keyed('Prediction-Key', predictionKey), endpoint, options),
  };
  // Below the ten calls a second of the tier, which the clients do not wait for themselves.
  const pace = new Pace(8);
  const paced = (client) => pace.of(client, operationsOf(client));
  const shared = { pictures, predicting: paced(clients.predicting) };
  let failures = 0;
  console.log(`${'client'.padEnd(17)}${'operation'.padEnd(30)}outcome`);
  const newer = trainingSteps(paced(clients.newer), { ...shared, isNewer: true });
  failures += await runSteps('training 5.2.0', clients.newer, newer);
  const older = trainingSteps(paced(clients.older), { ...shared, isNewer: false });
  failures += await runSteps('training 4.0.0', clients.older, older);
  const predicting = predictionSteps(paced(clients.newer), shared);
  failures += await runSteps('prediction 5.1.2', clients.predicting, predicting);
  assert.equal(failures, 0, `${failures} failures:\n${world.read('sandbox.log')}`);
} finally {
  clearTimeout(late);
  pictures.stop();
  service?.agent.destroy();
  world.remove();
}
