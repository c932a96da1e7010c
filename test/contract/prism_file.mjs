// The service's OpenAPI file as Prism needs it.

/** Answers of the gateway in front of the service; the file knows only the service's own. */
const gatewayStatuses = ['401', '403', '404', '408', '413', '429', '500', '502', '503'];

/**
 * Prism passes over basePath, and it looks for the files that examples refer to. `deviations`:
 * {definition, property, change}, where recorded traffic is not what the file says.
 */
export function forPrism(file, deviations) {
  const whole = structuredClone(file);
  for (const { definition, property, change } of deviations) {
    const target = whole.definitions[definition]?.properties[property];
    if (target) {
      const { nullable, ...more } = change;
      Object.assign(target, more, nullable && { 'x-nullable': true });
    }
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
