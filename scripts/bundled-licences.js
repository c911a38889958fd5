const { readFileSync, readdirSync } = require('node:fs');
const { writeFile } = require('node:fs/promises');
const path = require('node:path');

/**
 * Writes the licenses of the packages in bundles, which those licenses require.
 *
 * @param {string} projectRoot
 * @param {import('esbuild').Metafile[]} metafiles of the bundles
 * @param {string} file
 */
async function writeLicences(projectRoot, metafiles, file) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  await writeFile(file, bundledPackages(projectRoot, inputs).map(licenceText).join(''));
}

/** The folders of all bundled packages. */
function bundledPackages(projectRoot, inputs) {
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))]
    .sort()
    .map((folder) => path.join(projectRoot, folder));
}

function licenceText(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(80)}\n\n`;
}

module.exports = { writeLicences };
