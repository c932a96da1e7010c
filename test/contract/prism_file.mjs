// The service's OpenAPI files as Prism needs them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { changesOf } from './deviations.mjs';

/** Answers of the gateway in front of the service; the file knows only the service's own. */
const gatewayStatuses = ['401', '403', '404', '408', '413', '429', '500', '502', '503'];

/** The documents of all versions there are in a folder; there is none of v3.1. */
export function trainingFiles(folder) {
  return readdirSync(folder).filter((name) => /^training\..*\.json$/.test(name)).sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name))));
}

/** Prism passes over basePath, and it looks for the files that examples refer to. */
export function forPrism(file) {
  const whole = structuredClone(file);
  for (const { target, change: { nullable, ...more } } of changesOf(whole)) {
    Object.assign(target, more, nullable && { 'x-nullable': true });
  }
  whole.paths = Object.fromEntries(Object.entries(whole.paths).map(([path, item]) => [
    whole.basePath + path, item]));
  whole.basePath = '/';
  for (const item of Object.values(whole.paths)) {
    for (const operation of Object.values(item)) {
      delete operation['x-ms-examples'];
      for (const status of gatewayStatuses) {
        operation.responses[status] ??= { description: 'said by the gateway' };
      }
    }
  }
  return whole;
}
