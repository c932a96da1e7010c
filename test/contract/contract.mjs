// Checks single exchanges against an OpenAPI 2 file, both directions. Stricter than the file in
// one point: a property or query parameter that it does not name is a violation.
import formats from 'ajv-formats';
import coercers from 'openapi-request-coercer';
import requestValidators from 'openapi-request-validator';
import responseValidators from 'openapi-response-validator';

import { changesOf } from './deviations.mjs';

/** The validator of responses knows no format by itself, the one of requests these. */
const customFormats = Object.fromEntries(['byte', 'date-time', 'uuid'].map((name) => {
  const format = formats.default.get(name);
  const holds = format.validate ?? format;
  return [name, (text) => (holds instanceof RegExp ? holds.test(text) : holds(text))];
}));

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Says in the words of the validators what the file says in x-nullable, and closes objects. */
function prepare(node) {
  if (node === null || typeof node !== 'object') return;
  if (node['x-nullable'] === true && node.type) node.nullable = true;
  if (node.type === 'object' && node.properties) node.additionalProperties ??= false;
  Object.values(node).forEach(prepare);
}

function matcher(template) {
  const names = [];
  const pattern = template.replace(/\{(\w+)\}/g, (_, name) => (names.push(name), '([^/]+)'));
  const whole = new RegExp(`^${pattern}$`);
  return (path) => {
    const found = whole.exec(path);
    return found && Object.fromEntries(
      names.map((name, at) => [name, decodeURIComponent(found[at + 1])]));
  };
}

const exactly = (pattern) => (text) => (pattern.test(text) ? Number(text) : text);
const coercionStrategy = {
  integer: exactly(/^-?\d+$/),
  number: exactly(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/),
};

function mediaType(headers) {
  return (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
}

/** The body as a value; undefined where there is none. Every wrong thing on the way is reported. */
function readBody({ headers, body }, allowed, report) {
  if (body.length === 0) return undefined;
  const type = mediaType(headers);
  if (!allowed.includes(type)) report(`content type "${type}" is none of [${allowed.join(', ')}]`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (wrong) {
    report(`the body is no JSON: ${wrong.message}`);
    return undefined;
  }
}

const say = ({ location, path, message, errorCode }) =>
  [location, path, message, errorCode && `(${errorCode.split('.')[0]})`].filter(Boolean).join(' ');

class Operation {
  constructor(file, template, method, description) {
    this.id = description.operationId;
    this.method = method;
    this.template = template;
    this.match = matcher(file.basePath + template);
    this.description = description;
    this.file = file;
  }

  /** Compiled when the first exchange needs it: the file has many more operations. */
  get checks() {
    if (this.compiled) return this.compiled;
    const keys = Object.values(this.file.securityDefinitions).map(({ name, in: place }) => (
      { name, in: place, required: true, type: 'string' }));
    const parameters = [...keys, ...(this.description.parameters ?? [])].map((one) => (
      { ...one, 'x-openapi-coercion-strict': true }));
    const { definitions } = this.file;
    return (this.compiled = {
      declared: (place) => parameters.filter((one) => one.in === place).map((one) => one.name),
      coercer: new coercers.default({ parameters, coercionStrategy }),
      request: new requestValidators.default({ parameters, schemas: definitions }),
      response: new responseValidators.default({
        responses: this.description.responses, definitions, customFormats,
      }),
    });
  }

  checkRequest(asked, url, report) {
    const { declared, coercer, request } = this.checks;
    const query = {};
    for (const [name, value] of url.searchParams) {
      if (name in query) report(`query parameter "${name}" is given twice`);
      if (!declared('query').includes(name)) report(`query parameter "${name}" is not declared`);
      query[name] = value;
    }
    const body = readBody(asked, this.description.consumes ?? [], report);
    if (body !== undefined && declared('body').length === 0) {
      report('there is a body, none is declared');
    }
    const whole = { headers: { ...asked.headers }, params: this.match(url.pathname), query, body };
    coercer.coerce(whole);
    request.validateRequest(whole)?.errors.forEach((error) => report(say(error)));
  }

  checkResponse(answer, report) {
    const { response } = this.checks;
    const body = readBody(answer, this.description.produces ?? [], report);
    response.validateResponse(answer.status, body)?.errors.forEach((error) => report(say(error)));
  }
}

export class Contract {
  constructor(file) {
    this.file = structuredClone(file);
    for (const { target, change } of changesOf(this.file)) Object.assign(target, change);
    prepare(this.file.definitions);
    this.operations = Object.entries(this.file.paths).flatMap(([template, path]) =>
      methods.filter((method) => path[method])
        .map((method) => new Operation(this.file, template, method, path[method])));
    // What is written out wins over a parameter: /projects/import over /projects/{projectId}.
    this.operations.sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  /**
   * asked: {method, target, headers, body}, answered: {status, headers, body}; bodies are buffers,
   * names of headers in lower case.
   * Returns {operation, violations}; operation is undefined where the file has none.
   */
  check(asked, answered) {
    const url = new URL(asked.target, 'http://service');
    const operation = this.operations.find((one) =>
      one.method === asked.method.toLowerCase() && one.match(url.pathname));
    if (!operation) return { violations: ['request: the file has no such operation'] };
    const violations = [];
    operation.checkRequest(asked, url, (what) => violations.push(`request: ${what}`));
    operation.checkResponse(answered, (what) => violations.push(`response: ${what}`));
    return { operation: operation.id, violations };
  }
}
