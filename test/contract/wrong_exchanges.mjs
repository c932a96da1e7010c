// Proves that the check can fail: one right exchange, and wrong ones made of it by one change.
import assert from 'node:assert/strict';

const project = '/customvision/v3.3/training/projects/391fc408-69ec-4ec3-ac42-6f14bf71ed33';
const tag = 'c90ec502-5409-4228-8f3c-c2a17f7e7d0c';
const json = { 'content-type': 'application/json; charset=utf-8' };
const encode = (value) => Buffer.from(value === undefined ? '' : JSON.stringify(value));

function upload(change) {
  const parts = {
    method: 'POST', target: `${project}/images/files`,
    headers: { ...json, 'training-key': 'k' },
    asks: { images: [{ name: 'a.bmp', contents: 'Qk0=', tagIds: [tag] }] },
    status: 207, answerHeaders: json,
    says: { isBatchSuccessful: false, images: [{ sourceUrl: 'a.bmp', status: 'ErrorSource' }] },
  };
  Object.assign(parts, change);
  const { method, target, headers, asks, status, answerHeaders, says } = parts;
  return [
    { method, target, headers, body: encode(asks) },
    { status, headers: answerHeaders, body: encode(says) },
  ];
}

const publish = { asks: undefined, status: 200, says: true };
const publishTarget = `${project}/iterations/${tag}/publish?publishName=a&predictionId=b`;
const image = (result) => ({ isBatchSuccessful: true, images: [result] });
const iterations = { method: 'GET', target: `${project}/iterations`, asks: undefined, status: 200 };

const right = [
  {},
  { status: 404, says: { code: 'NotFoundProject', message: 'm' } },
  { ...publish, target: `${publishTarget}&overwrite=true` },
  { ...iterations, says: [{ name: 'Iteration 1', trainedAt: null, exportableTo: null }] },
];

// [what it is, what a violation has to say, the change]
const wrong = [
  ['an unknown path', /^request: the file has no such operation/,
    { target: `${project}/pictures` }],
  ['a path that is no id', /^request: path.*uuid/,
    { target: '/customvision/v3.3/training/projects/7/images/files' }],
  ['no key', /^request: headers.*training-key/i, { headers: json }],
  ['no body', /^request: body/, { asks: undefined }],
  ['a body of another type', /^request: content type "text\/plain"/,
    { headers: { 'training-key': 'k', 'content-type': 'text/plain' } }],
  ['a tag that is no id', /^request: body.*uuid/, { asks: { images: [{ tagIds: ['upright'] }] } }],
  ['a picture without its list', /^request: body.*array/, { asks: { images: { name: 'a.bmp' } } }],
  ['contents that are no base64', /^request: body.*byte/,
    { asks: { images: [{ contents: '*' }] } }],
  ['a property of no schema', /^request: body.*additional/, { asks: { images: [{ nmae: 'a' }] } }],
  ['no publishName', /^request: query.*publishName/,
    { ...publish, target: `${project}/iterations/${tag}/publish?predictionId=b` }],
  ['an overwrite of no boolean', /^request: query.*boolean/,
    { ...publish, target: `${publishTarget}&overwrite=1` }],
  ['a query parameter of no operation', /^request: query parameter "force"/,
    { ...publish, target: `${publishTarget}&force=true` }],
  ['a body where none is declared', /^request: .*none/,
    { ...publish, target: publishTarget, asks: {} }],
  ['an undeclared success', /^response: .*code/, { status: 202 }],
  ['an answer of another type', /^response: content type "text\/html"/,
    { answerHeaders: { 'content-type': 'text/html' } }],
  ['an empty answer', /^response: .*object/, { says: undefined }],
  ['an image status of no list', /^response: .*allowed values/,
    { says: image({ status: 'Good' }) }],
  ['null where it is not allowed', /^response: .*string/, { says: image({ sourceUrl: null }) }],
  ['a list of the wrong type', /^response: .*array/,
    { ...iterations, says: [{ name: 'a', exportableTo: 'ONNX' }] }],
  ['an iteration without its name', /^response: .*name/, { ...iterations, says: [{ id: tag }] }],
  ['a time that is none', /^response: .*date-time/,
    { ...iterations, says: [{ name: 'a', created: 'today' }] }],
  ['a time without its zone', /^response: .*date-time/,
    { ...iterations, says: [{ name: 'a', created: '2020-11-06T17:40:45.493' }] }],
  ['an error without a message', /^response: .*message/,
    { status: 404, says: { code: 'NotFoundProject' } }],
];

/** Throws unless the right exchanges pass and the wrong ones are found out; returns how many. */
export function seeFailures(contract) {
  for (const change of right) assert.deepEqual(contract.check(...upload(change)).violations, []);
  for (const [what, expected, change] of wrong) {
    const { violations } = contract.check(...upload(change));
    assert.ok(violations.some((one) => expected.test(one)),
      `${what} is not found out: ${violations.join('; ')}`);
  }
  return wrong.length;
}
