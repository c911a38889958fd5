import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeploymentFailed } from '../../src/deploy/deployment-failed';
import { parseAsUploaded } from '../../src/deploy/settings/twilio-run';
import type { Upload } from '../../src/deploy/upload/upload';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { untilBuilt, uploadVersion } from './hand-made-service';
import { officialClient } from './official-client';

interface Resource {
  readonly name: string;
  readonly access: string;
  readonly content: string | Buffer;
}

/** The rules by which twilio-run finds what to upload. */
const { getListOfFunctionsAndAssets } = require('@twilio-labs/serverless-api/dist/utils/fs') as {
  getListOfFunctionsAndAssets(
    folder: string,
    folders: object,
  ): Promise<Readonly<Record<'functions' | 'assets', readonly Resource[]>>>;
};

/**
 * Uploads in this process what `twilio-run deploy` uploads, without its start and its pauses between polls.
 * rehearsal/deploy.deploy.test.ts covers the real tool.
 */
export function uploadInProcess(emulator: TwilioEmulator): Upload {
  return async ({ projectRoot, environment, suffix }) => {
    const { services } = officialClient(emulator).serverless.v1;
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
    const found = (await services.list()).find(({ uniqueName }) => uniqueName === manifest.name);
    const service =
      found ?? (await services.create({ uniqueName: manifest.name, friendlyName: manifest.name }));
    const { functions, assets, environments, builds } = services(service.sid);
    const present = (await environments.list()).find(({ domainSuffix }) => domainSuffix === suffix);
    const target =
      present ?? (await environments.create({ uniqueName: `${suffix}-environment`, domainSuffix: suffix }));

    await setVariables(environments(target.sid).variables, variablesIn(projectRoot, environment));
    const resources = await getListOfFunctionsAndAssets(projectRoot, {
      functionsFolderNames: ['dist/functions'],
      assetsFolderNames: ['dist/assets'],
    });
    const uploadAll = async (kind: 'Functions' | 'Assets', files: readonly Resource[]) => {
      const known: readonly { readonly sid: string; readonly friendlyName: string }[] =
        kind === 'Functions' ? await functions.list() : await assets.list();
      const create = (friendlyName: string) =>
        kind === 'Functions' ? functions.create({ friendlyName }) : assets.create({ friendlyName });
      const versions: string[] = [];
      for (const { name, access, content } of files) {
        const file = known.find(({ friendlyName }) => friendlyName === name) ?? (await create(name));
        const version = { path: name, visibility: access, content };
        versions.push(await uploadVersion(emulator, service.sid, `${kind}/${file.sid}`, version));
      }
      return versions;
    };
    const { sid } = await builds.create({
      functionVersions: await uploadAll('Functions', resources.functions),
      assetVersions: await uploadAll('Assets', resources.assets),
      dependencies: JSON.stringify(
        Object.entries(manifest.dependencies).map(([name, version]) => ({ name, version })),
      ),
      runtime: 'node22',
    });
    const { status, failure } = await untilBuilt(emulator, sid);
    if (status === 'failed') throw new DeploymentFailed(`The upload failed: ${failure}.`);
    await environments(target.sid).deployments.create({ buildSid: sid });
    const { domainName: domain, sid: environmentSid } = target;
    return { domain, serviceSid: service.sid, environmentSid, buildSid: sid };
  };
}

/** What `.env.deploy` lists, filled from the environment, without the credentials. */
function variablesIn(projectRoot: string, environment: NodeJS.ProcessEnv): [string, string][] {
  const listed = parseAsUploaded(readFileSync(path.join(projectRoot, '.env.deploy'), 'utf8'));
  return Object.entries(listed)
    .map(([name, value]): [string, string] => [name, value || environment[name] || ''])
    .filter(([name, value]) => value !== '' && name !== 'ACCOUNT_SID' && name !== 'AUTH_TOKEN');
}

async function setVariables(
  variables: ReturnType<
    ReturnType<ReturnType<typeof officialClient>['serverless']['v1']['services']>['environments']
  >['variables'],
  wanted: readonly [string, string][],
): Promise<void> {
  const present = await variables.list();
  for (const [key, value] of wanted) {
    const known = present.find((each) => each.key === key);
    if (known) await variables(known.sid).update({ value });
    else await variables.create({ key, value });
  }
}
