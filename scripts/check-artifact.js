const { existsSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const path = require('node:path');
// The package's main entry loads the whole deploy client; the file system helpers load in a tenth of the time.
const { getListOfFunctionsAndAssets } = require('@twilio-labs/serverless-api/dist/utils/fs');

/** The expected URLs and their visibility: a public one added by mistake is an open door. */
const expectedUrls = 'scripts/urls.json';

/** What the deploy tool would upload, by its own rules. */
async function readArtifact(projectRoot, outdir) {
  const { functions, assets } = await getListOfFunctionsAndAssets(projectRoot, {
    functionsFolderNames: [`${outdir}/functions`],
    assetsFolderNames: [`${outdir}/assets`],
  });
  return { functions: urlsOf(functions), assets: urlsOf(assets) };
}

function urlsOf(files) {
  return files
    .map(({ name, access }) => ({ path: name, visibility: access }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** One sentence for each URL that is unexpected, missing, or of another visibility. */
function differences(kind, expected, found) {
  const missing = new Map(Object.entries(expected));
  const errors = [];
  for (const { path: url, visibility } of found) {
    const wanted = missing.get(url);
    missing.delete(url);
    if (wanted === visibility) continue;
    errors.push(
      wanted
        ? `${url} (${kind}) is ${visibility}, but ${expectedUrls} says ${wanted}`
        : `${url} (${kind}, ${visibility}) is not listed in ${expectedUrls}. Add it there if you want to deploy it.`,
    );
  }
  for (const [url] of missing)
    errors.push(`${url} (${kind}) is listed in ${expectedUrls}, but was not built`);
  return errors;
}

/**
 * Compares the build with the expected URLs.
 *
 * @param {string} projectRoot
 * @param {string} outdir the folder of the build, relative to the project
 * @returns {Promise<{ artifact: { functions: Url[], assets: Url[] }, errors: string[] }>} a Url has a path and a
 *   visibility: public, protected (requires Twilio's signature) or private
 */
async function checkArtifact(projectRoot, outdir) {
  const file = path.join(projectRoot, expectedUrls);
  if (!existsSync(file))
    return { artifact: { functions: [], assets: [] }, errors: [`${expectedUrls} is missing`] };
  const expected = JSON.parse(await readFile(file, 'utf8'));
  const artifact = await readArtifact(projectRoot, outdir);
  const errors = [
    ...differences('Function', expected.functions, artifact.functions),
    ...differences('asset', expected.assets, artifact.assets),
  ];
  return { artifact, errors };
}

module.exports = { checkArtifact };
