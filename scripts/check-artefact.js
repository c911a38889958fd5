const { existsSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const path = require('node:path');
// The package's main entry loads the whole deploy client; the file system helpers alone are a tenth of the time.
const { getListOfFunctionsAndAssets } = require('@twilio-labs/serverless-api/dist/utils/fs');

/** The URLs that shall exist, and who may call them. A public one that nobody meant is an open door. */
const expectedUrls = 'scripts/urls.json';

/** What the deploy tool would upload, by its own rules. */
async function readArtefact(projectRoot) {
  const { functions, assets } = await getListOfFunctionsAndAssets(projectRoot, {
    functionsFolderNames: ['dist/functions'],
    assetsFolderNames: ['dist/assets'],
  });
  return { functions: urlsOf(functions), assets: urlsOf(assets) };
}

function urlsOf(files) {
  return files
    .map(({ name, access }) => ({ path: name, visibility: access }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** One sentence for each URL that is there and not expected, or the other way round. */
function differences(kind, expected, found) {
  const missing = new Map(Object.entries(expected));
  const faults = [];
  for (const { path: url, visibility } of found) {
    const wanted = missing.get(url);
    missing.delete(url);
    if (wanted === visibility) continue;
    faults.push(
      wanted
        ? `${url} (${kind}) would be ${visibility}, ${expectedUrls} says ${wanted}`
        : `${url} (${kind}, ${visibility}) would be deployed, and ${expectedUrls} does not list it; add it there if that URL shall exist`,
    );
  }
  for (const [url] of missing)
    faults.push(`${url} (${kind}) is listed in ${expectedUrls}, and was not built`);
  return faults;
}

/**
 * Holds what was built against the URLs that shall exist.
 *
 * @param {string} projectRoot
 * @returns {Promise<{ artefact: { functions: Url[], assets: Url[] }, faults: string[] }>} a Url is a path and a visibility:
 *   public, protected (Twilio's signature is asked for) or private
 */
async function checkArtefact(projectRoot) {
  const file = path.join(projectRoot, expectedUrls);
  if (!existsSync(file))
    return { artefact: { functions: [], assets: [] }, faults: [`${expectedUrls} is missing`] };
  const expected = JSON.parse(await readFile(file, 'utf8'));
  const artefact = await readArtefact(projectRoot);
  const faults = [
    ...differences('Function', expected.functions, artefact.functions),
    ...differences('asset', expected.assets, artefact.assets),
  ];
  return { artefact, faults };
}

module.exports = { checkArtefact };
