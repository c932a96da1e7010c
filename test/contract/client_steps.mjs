// What is done with each operation of the official clients, and what has to come of it. A step is
// {operation, run, expected}; run throws where the outcome is another one.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import { stripes } from './world.mjs';

/** The code of the operations that docs/sandbox.md lists as not supported. */
export const notSupported = 'BadRequestNotSupported';
/** The service's code for detecting with a project that classifies. */
export const wrongDomain = 'BadRequestUnsupportedDomain';

const compactDomain = '0732100f-1a38-4e49-a514-c9b44c697ab5';
const detectionDomain = 'da2e3a8a-40a5-4171-82f4-58522f70fbc1';
const account = '/subscriptions/local/resourceGroups/local/providers/' +
  'Microsoft.CognitiveServices/accounts/sandbox';
const picturesPerTag = 10; // of seeds from 0; 24 seeds give different stripes
const someId = '11111111-2222-3333-4444-555555555555';
const trainingTimeMs = 60_000;

const ids = (things) => things.map((one) => one.id);

function assertStored(summary, count) {
  assert.equal(summary.isBatchSuccessful, true, JSON.stringify(summary));
  assert.deepEqual(summary.images.map((one) => one.status), Array(count).fill('OK'));
  return summary.images.map((one) => one.image.id);
}

/** Waits until `state` says that it is done; throws after a while. */
async function until(state, isDone) {
  const deadline = performance.now() + trainingTimeMs;
  for (;;) {
    const now = await state();
    if (isDone(now)) return now;
    assert.ok(performance.now() < deadline, `still ${JSON.stringify(now)}`);
    await pause(50);
  }
}

/** Steps of both training clients in an order in which each finds what it needs. */
export function trainingSteps(client, world) {
  const at = {}; // what the steps before have made
  const { isNewer, pictures, predicting } = world;
  const name = isNewer ? 'newer' : 'older';
  const steps = [];
  const step = (operation, run, expected) => steps.push({ operation, run, expected });
  const newerStep = (...step_) => isNewer && step(...step_);

  step('getDomains', async () => {
    const domains = await client.getDomains();
    assert.equal(domains.length, 14);
    assert.equal('exportablePlatforms' in domains[0], isNewer);
  });
  step('getDomain', async () => {
    assert.equal((await client.getDomain(compactDomain)).name, 'General (compact)');
  });
  step('createProject', async () => {
    const made = await client.createProject(name, {
      description: 'd', domainId: compactDomain, classificationType: 'Multilabel',
      targetExportPlatforms: ['ONNX', 'CoreML'],
    });
    assert.equal(made.settings.domainId, compactDomain);
    assert.ok(made.created instanceof Date);
    at.project = made.id;
    at.detection = (await client.createProject(`${name} boxes`, { domainId: detectionDomain })).id;
  });
  step('getProjects', async () => {
    assert.ok(ids(await client.getProjects()).includes(at.project));
  });
  step('getProject', async () => {
    assert.equal((await client.getProject(at.project)).name, name);
  });
  step('updateProject', async () => {
    const { settings } = await client.getProject(at.project);
    const changed =
      await client.updateProject(at.project, { name, description: 'changed', settings });
    assert.equal(changed.description, 'changed');
    assert.deepEqual(changed.settings, settings);
  });

  step('createTag', async () => {
    at.upright = (await client.createTag(at.project, 'upright', { description: 'd' })).id;
    at.level = (await client.createTag(at.project, 'level')).id;
    at.spare = (await client.createTag(at.project, 'spare')).id;
    at.box = (await client.createTag(at.detection, 'box')).id;
  });
  step('getTags', async () => {
    assert.deepEqual(ids(await client.getTags(at.project)).sort(),
      [at.upright, at.level, at.spare].sort());
  });
  step('getTag', async () => {
    assert.equal((await client.getTag(at.project, at.upright)).description, 'd');
  });
  step('updateTag', async () => {
    const changed = await client.updateTag(
      at.project, at.spare, { name: 'other', description: 'd', type: 'Regular' });
    assert.equal(changed.name, 'other');
  });

  step('createImagesFromFiles', async () => {
    for (const pattern of ['upright', 'level']) {
      const images = Array.from({ length: picturesPerTag }, (_, seed) => (
        { name: `${pattern}${seed}`, contents: stripes(pattern === 'upright', seed) }));
      const summary =
        await client.createImagesFromFiles(at.project, { images, tagIds: [at[pattern]] });
      at[`${pattern}Images`] = assertStored(summary, picturesPerTag);
    }
    const [boxed] = assertStored(await client.createImagesFromFiles(at.detection, {
      images: [{
        name: 'boxed', contents: stripes(true, 0),
        regions: [{ tagId: at.box, left: 0.25, top: 0, width: 0.5, height: 1 }],
      }],
    }), 1);
    at.boxed = boxed;
  });
  step('createImagesFromData', async () => {
    const summary = await client.createImagesFromData(
      at.project, stripes(true, 10), { tagIds: [at.upright] });
    assertStored(summary, 1);
  });
  step('createImagesFromUrls', async () => {
    const summary = await client.createImagesFromUrls(at.project, {
      images: [{ url: pictures.address('level', 11) }], tagIds: [at.level],
    });
    assertStored(summary, 1);
    assert.equal(summary.images[0].sourceUrl, pictures.address('level', 11));
    // The service's own addresses, in more calls than it has workers: all wait for itself.
    const stored = await client.getTaggedImages(at.project, { take: 8 });
    const again = await Promise.all(stored.map(({ originalImageUri: url }) =>
      client.createImagesFromUrls(at.project, { images: [{ url }] })));
    assert.deepEqual(again.map(({ images }) => images[0].status), Array(8).fill('OKDuplicate'));
  });
  step('createImageTags', async () => {
    const [imageId] = at.uprightImages;
    const { created } =
      await client.createImageTags(at.project, { tags: [{ imageId, tagId: at.spare }] });
    assert.deepEqual(created, [{ imageId, tagId: at.spare }]);
  });
  step('getTaggedImages', async () => {
    const found = await client.getTaggedImages(at.project, { tagIds: [at.spare] });
    assert.deepEqual(ids(found), [at.uprightImages[0]]);
    assert.equal(found[0].tags.length, 2);
  });
  step('getTaggedImageCount', async () => {
    const { body } = await client.getTaggedImageCount(at.project, { tagIds: [at.spare] });
    assert.equal(body, 1);
  });
  step('deleteImageTags', async () => {
    await client.deleteImageTags(at.project, [at.uprightImages[0]], [at.spare]);
    assert.deepEqual([...await client.getTaggedImages(at.project, { tagIds: [at.spare] })], []);
  });
  step('getUntaggedImages', async () => {
    await client.deleteImageTags(at.project, [at.levelImages[0]], [at.level]);
    assert.deepEqual(ids(await client.getUntaggedImages(at.project)), [at.levelImages[0]]);
  });
  step('getUntaggedImageCount', async () => {
    const { body } = await client.getUntaggedImageCount(at.project);
    assert.equal(body, 1);
  });
  step('getImagesByIds', async () => {
    const imageIds = at.levelImages.slice(0, 2);
    const found = await client.getImagesByIds(at.project, { imageIds });
    assert.deepEqual(ids(found).sort(), [...imageIds].sort());
  });
  newerStep('updateImageMetadata', async () => {
    const imageIds = at.levelImages.slice(0, 2);
    const summary = await client.updateImageMetadata(at.project, imageIds, { site: '7', 'a b': 'c' });
    assert.equal(summary.isBatchSuccessful, true);
  });
  newerStep('getImages', async () => {
    const options = { filter: "site eq '7'", orderBy: 'Oldest', take: 1, skip: 1 };
    const found = await client.getImages(at.project, options);
    assert.deepEqual(ids(found), [at.levelImages[1]]);
    assert.deepEqual(found[0].metadata, { site: '7', 'a b': 'c' });
  });
  newerStep('getImageCount', async () => {
    const { body } = await client.getImageCount(at.project, { taggingStatus: 'Tagged' });
    assert.equal(body, 2 * picturesPerTag - 1 + 2);
  });
  step('createImageRegions', async () => {
    const region = { imageId: at.boxed, tagId: at.box, left: 0, top: 0, width: 0.25, height: 0.5 };
    const { created } = await client.createImageRegions(at.detection, { regions: [region] });
    assert.equal(created.length, 1);
    assert.equal(created[0].width, 0.25);
    at.region = created[0].regionId;
  });
  step('deleteImageRegions', async () => {
    await client.deleteImageRegions(at.detection, [at.region]);
    const [image] = await client.getTaggedImages(at.detection);
    assert.equal(image.regions.length, 1);
  });

  step('trainProject', async () => {
    const begun = await client.trainProject(at.project, { trainingType: 'Regular' });
    assert.equal(begun.status, 'Training');
    at.iteration = begun.id;
  });
  step('getIteration', async () => {
    const ended = await until(() => client.getIteration(at.project, at.iteration),
      ({ status }) => status !== 'Training');
    assert.equal(ended.status, 'Completed');
    assert.equal('trainingErrorDetails' in ended, isNewer);
  });
  step('getIterations', async () => {
    assert.deepEqual(ids(await client.getIterations(at.project)), [at.iteration]);
  });
  step('updateIteration', async () => {
    const changed = await client.updateIteration(at.project, at.iteration, { name: 'first' });
    assert.equal(changed.name, 'first');
  });
  step('getIterationPerformance', async () => {
    const { perTagPerformance, recall } =
      await client.getIterationPerformance(at.project, at.iteration, { threshold: 0.5 });
    assert.equal(perTagPerformance.length, 2);
    assert.ok(recall > 0.5);
  });
  step('quickTestImage', async () => {
    const { predictions, iteration } = await client.quickTestImage(
      at.project, stripes(true, 12), { iterationId: at.iteration });
    assert.equal(iteration, at.iteration);
    assert.equal(predictions[0].tagId, at.upright);
  });
  step('quickTestImageUrl', async () => {
    const { predictions } = await client.quickTestImageUrl(
      at.project, { url: pictures.address('level', 13) }, { iterationId: at.iteration });
    assert.equal(predictions[0].tagId, at.level);
  });
  step('publishIteration', async () => {
    const { body } =
      await client.publishIteration(at.project, at.iteration, 'production', account);
    assert.equal(body, true);
  });
  step('queryPredictions', async () => {
    await predicting.classifyImage(at.project, 'production', stripes(true, 14));
    const { results, token } =
      await client.queryPredictions(at.project, { orderBy: 'Newest', iterationId: at.iteration });
    assert.ok(results.length > 0, 'nothing is stored');
    assert.equal(results[0].predictions[0].tagId, at.upright);
    assert.ok(token);
    at.predictions = ids(results);
  });
  step('createImagesFromPredictions', async () => {
    const summary = await client.createImagesFromPredictions(at.project, {
      images: [{ id: at.predictions[0] }], tagIds: [at.upright],
    });
    assertStored(summary, 1);
  });
  step('deletePrediction', async () => {
    assert.ok(at.predictions, 'there is no prediction to delete');
    await client.deletePrediction(at.project, at.predictions);
    const { results } = await client.queryPredictions(at.project, { orderBy: 'Newest' });
    assert.ok(!ids(results).some((id) => at.predictions.includes(id)));
  });
  step('exportIteration', async () => {
    const begun = await client.exportIteration(at.project, at.iteration, 'DockerFile');
    assert.ok(['Exporting', 'Done'].includes(begun.status), begun.status);
  });
  step('getExports', async () => {
    const [done] = await until(() => client.getExports(at.project, at.iteration),
      ([newest]) => newest?.status !== 'Exporting');
    assert.equal(done?.status, 'Done');
    assert.match(done.downloadUri, /^https?:/);
  });
  step('unpublishIteration', async () => {
    await client.unpublishIteration(at.project, at.iteration);
    assert.ok(!(await client.getIteration(at.project, at.iteration)).publishName);
  });
  step('deleteIteration', async () => {
    await client.deleteIteration(at.project, at.iteration);
    assert.deepEqual([...await client.getIterations(at.project)], []);
  });

  const refused = (operation, ...args) =>
    step(operation, () => client[operation](someId, ...args), notSupported);
  refused('getImageRegionProposals', someId);
  refused('getImagePerformances', someId);
  refused('getImagePerformanceCount', someId);
  if (isNewer) {
    refused('getArtifact', 'path');
    refused('exportProject');
    refused('querySuggestedImages', someId, { maxCount: 1 });
    refused('querySuggestedImageCount', someId, { tagIds: [] });
    refused('suggestTagsAndRegions', someId, [someId]);
    refused('importProject');
  }
  step('deleteImages', async () => {
    const [imageId] = at.levelImages;
    await (isNewer ? client.deleteImages(at.project, { imageIds: [imageId] })
      : client.deleteImages(at.project, [imageId]));
    assert.deepEqual([...await client.getImagesByIds(at.project, { imageIds: [imageId] })], []);
  });
  step('deleteTag', async () => {
    await client.deleteTag(at.project, at.spare);
    assert.ok(!ids(await client.getTags(at.project)).includes(at.spare));
  });
  step('deleteProject', async () => {
    await client.deleteProject(at.project);
    await client.deleteProject(at.detection);
    assert.ok(!ids(await client.getProjects()).includes(at.project));
  });
  return steps;
}

/** Steps of the prediction client; `training` makes what they ask. */
export function predictionSteps(training, { pictures, predicting: client }) {
  const at = {};
  const published = 'production';

  async function prepare() {
    if (at.project) return;
    const { id } = await training.createProject('predictions');
    for (const pattern of ['upright', 'level']) {
      at[pattern] = (await training.createTag(id, pattern)).id;
      const images = Array.from({ length: picturesPerTag }, (_, seed) => (
        { name: `${seed}`, contents: stripes(pattern === 'upright', seed), tagIds: [at[pattern]] }));
      assertStored(await training.createImagesFromFiles(id, { images }), picturesPerTag);
    }
    const begun = await training.trainProject(id);
    await until(() => training.getIteration(id, begun.id), ({ status }) => status === 'Completed');
    await training.publishIteration(id, begun.id, published, account);
    at.project = id;
  }

  const likeliest = async (run, pattern) => {
    await prepare();
    const { predictions } = await run();
    assert.equal(predictions[0].tagId, at[pattern]);
    assert.equal(predictions[0].tagType, 'Regular');
  };
  const step = (operation, argument, pattern) => ({
    operation,
    run: () => likeliest(
      () => client[operation](at.project, published, argument(), { application: 'test' }), pattern),
  });
  // The project classifies; of a detection project no iteration is ever trained here.
  const refused = (operation, argument) => ({
    operation,
    run: () => client[operation](at.project, published, argument()),
    expected: wrongDomain,
  });
  const picture = () => stripes(true, 15);
  const address = () => ({ url: pictures.address('level', 16) });
  return [
    step('classifyImage', picture, 'upright'),
    step('classifyImageWithNoStore', picture, 'upright'),
    step('classifyImageUrl', address, 'level'),
    step('classifyImageUrlWithNoStore', address, 'level'),
    refused('detectImage', picture),
    refused('detectImageWithNoStore', picture),
    refused('detectImageUrl', address),
    refused('detectImageUrlWithNoStore', address),
  ];
}
