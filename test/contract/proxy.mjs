// Plain HTTP on the loopback in front of one HTTPS service; shows every exchange to `seen`.
import http from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';

async function forward({ method, url, headers: all }, body, endpoint, ca) {
  const { host, connection, ...headers } = all;
  const answered = await new Promise((done, failed) => {
    const onward = https.request(new URL(url, endpoint), { method, headers, ca }, done);
    onward.on('error', failed);
    onward.end(body);
  });
  const { statusCode: status, headers: said } = answered;
  return { status, headers: said, body: await buffer(answered) };
}

export async function startProxy({ endpoint, ca, seen }) {
  const server = http.createServer(async (asked, reply) => {
    try {
      const body = await buffer(asked);
      const answered = await forward(asked, body, endpoint, ca);
      seen({ method: asked.method, target: asked.url, headers: asked.headers, body }, answered);
      reply.writeHead(answered.status, answered.headers).end(answered.body);
    } catch (failed) {
      seen({ method: asked.method, target: asked.url }, undefined, failed);
      reply.destroy();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    stop: () => (server.closeAllConnections(), server.close()),
  };
}
