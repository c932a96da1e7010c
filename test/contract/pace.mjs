// Calls no more often than a service allows.
import { setTimeout as pause } from 'node:timers/promises';

export class Pace {
  begun = [];
  last = Promise.resolve();

  constructor(callsPerSecond) {
    this.callsPerSecond = callsPerSecond;
  }

  /** Those who ask at once are let through one after the other. */
  turn() {
    this.last = this.last.then(() => this.wait());
    return this.last;
  }

  async wait() {
    const before = this.begun.at(-this.callsPerSecond);
    if (before !== undefined) await pause(Math.max(0, before + 1050 - performance.now()));
    this.begun.push(performance.now());
  }

  /** The client's operations, each waiting for its turn. */
  of(client, operations) {
    return Object.fromEntries(operations.map((name) => [name, async (...args) => {
      await this.turn();
      return client[name](...args);
    }]));
  }
}
