// Where the service's recorded traffic is not what its OpenAPI file says: the only differences
// that are accepted. `recording` is a file of test/data/sandbox_service that shows the text in
// `shows`; the test looks it up.
const nullable = { nullable: true };
// UTC without a Z, up to seven digits of a second.
const bareUtc = {
  format: undefined,
  pattern: '^\\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}(\\.\\d{1,7})?$',
};

const project = 'project-lifecycle.v3.4-preview.json';
const upload = 'create-images-from-files.v3.4-preview.json';
const training = 'train-and-publish.v3.1.json';
const regions = 'regions.v3.4-preview.json';
const tags = 'tags-list.v3.4-preview.json';
const iterations = 'iterations.v3.4-preview.json';
const domains = 'domains.v3.4-preview.json';

const row = (definition, property, change, recording, shows) =>
  ({ definition, property, change, recording, shows });

export const deviations = [
  row('Project', 'thumbnailUri', nullable, project, '"thumbnailUri":null'),
  row('ProjectSettings', 'detectionParameters', nullable, project, '"detectionParameters":null'),
  row('Image', 'created', bareUtc, upload, '"created":"2020-11-06T17:40:45.493677"'),
  row('ImageTag', 'created', bareUtc, upload, '"created":"2020-11-06T17:40:45.4976586"'),
  row('ImageTag', 'tagName', nullable, upload, '"tagName":null'),
  row('ImageRegion', 'created', bareUtc, regions, '"created":"2020-11-06T18:23:42.2506551"'),
  row('ImageRegion', 'tagName', nullable, regions, '"tagName":null'),
  row('ImageRegionCreateResult', 'created', bareUtc, regions,
    '"created":"2020-11-06T18:23:42.2506551"'),
  row('ImageRegionCreateResult', 'tagName', nullable, regions, '"tagName":null'),
  row('Tag', 'description', nullable, tags, '"description":null'),
  row('Domain', 'modelInformation', nullable, domains, '"modelInformation":null'),
  row('Domain', 'exportablePlatforms', { items: { type: 'string' } }, domains, '"IVS"'),
  row('Iteration', 'customBaseModelInfo', nullable, iterations, '"customBaseModelInfo":null'),
  row('Iteration', 'trainingErrorDetails', nullable, iterations, '"trainingErrorDetails":null'),
  row('Iteration', 'exportableTo', nullable, training, '"exportableTo":null'),
  row('Iteration', 'publishName', nullable, training, '"publishName":null'),
  row('Iteration', 'originalPublishResourceId', nullable, training,
    '"originalPublishResourceId":null'),
];

/** What of a file's definitions is to be changed; a version has not every one that another has. */
export function changesOf(file) {
  return deviations.flatMap(({ definition, property, change }) => {
    const target = file.definitions[definition]?.properties?.[property];
    return target ? [{ target, change }] : [];
  });
}
