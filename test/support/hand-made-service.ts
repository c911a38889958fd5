import type { Twilio } from 'twilio';
import { FormData } from 'undici';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { Build, Visibility } from '../../src/rehearsal/serverless/model';
import { officialClient } from './official-client';

interface HandMade {
  /** Contents of Functions by `visibility path`, e.g. `public /hello`. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly assets?: Readonly<Record<string, string>>;
  readonly dependencies?: readonly object[];
}

/** The only environment of a service of our own. */
export interface HandMadeService {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly origin: string;
  readonly service: ReturnType<Twilio['serverless']['v1']['services']>;
  readonly environment: ReturnType<ReturnType<Twilio['serverless']['v1']['services']>['environments']>;
  /** Uploads and builds. @returns the completed or failed build */
  build(made: HandMade): Promise<Build>;
  /** Uploads, builds and deploys. */
  deploy(made: HandMade): Promise<void>;
}

export const dependencies = [
  { name: '@twilio/runtime-handler', version: '2.1.0' },
  { name: 'twilio', version: '6.2.0' },
];

/** Makes a service and an environment by the official client, and uploads by hand what tests write. */
export async function handMadeService(emulator: TwilioEmulator): Promise<HandMadeService> {
  const services = officialClient(emulator).serverless.v1.services;
  const { sid: serviceSid } = await services.create({ uniqueName: 'hand-made', friendlyName: 'Hand-made' });
  const service = services(serviceSid);
  const { sid: environmentSid, domainName } = await service.environments.create({
    uniqueName: 'dev-environment',
    domainSuffix: 'dev',
  });
  const environment = service.environments(environmentSid);

  async function upload(collection: 'functions' | 'assets', named: string, content: string): Promise<string> {
    const [visibility = '', url = ''] = named.split(' ');
    const friendlyName = url;
    const { sid } =
      collection === 'functions'
        ? await service.functions.create({ friendlyName })
        : await service.assets.create({ friendlyName });
    return uploadVersion(
      emulator,
      serviceSid,
      `${collection === 'functions' ? 'Functions' : 'Assets'}/${sid}`,
      {
        path: url,
        visibility: visibility as Visibility,
        content,
      },
    );
  }

  async function build({ functions = {}, assets = {}, dependencies: listed = dependencies }: HandMade) {
    async function uploadAll(collection: 'functions' | 'assets', files: Readonly<Record<string, string>>) {
      const versions: string[] = [];
      for (const [named, content] of Object.entries(files))
        versions.push(await upload(collection, named, content));
      return versions;
    }
    const { sid } = await service.builds.create({
      functionVersions: await uploadAll('functions', functions),
      assetVersions: await uploadAll('assets', assets),
      dependencies: JSON.stringify(listed),
      runtime: 'node22',
    });
    return untilBuilt(emulator, sid);
  }

  async function deploy(made: HandMade): Promise<void> {
    const { sid, failure } = await build(made);
    expect(failure).toBeNull();
    await environment.deployments.create({ buildSid: sid });
  }

  return {
    serviceSid,
    environmentSid,
    origin: `https://${domainName}`,
    service,
    environment,
    build,
    deploy,
  };
}

/** @returns the sid of the version */
export async function uploadVersion(
  emulator: TwilioEmulator,
  serviceSid: string,
  file: string,
  { path: url, visibility, content }: { path: string; visibility: string; content: string | Buffer },
): Promise<string> {
  const form = new FormData();
  form.append('Path', url);
  form.append('Visibility', visibility);
  form.append('Content', new Blob([content as BlobPart], { type: 'application/javascript' }), url);
  const { accountSid, authToken } = emulator.account;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const response = await emulator.fetch(
    `https://serverless-upload.twilio.com/v1/Services/${serviceSid}/${file}/Versions`,
    { method: 'POST', headers: { authorization }, body: form },
  );
  const body = (await response.json()) as { sid: string; message?: string };
  if (!response.ok) throw new Error(body.message);
  return body.sid;
}

/** Polls as the tools do, but not only once a second. */
export async function untilBuilt({ serverless }: TwilioEmulator, sid: string): Promise<Build> {
  const build = serverless.builds.find((each) => each.sid === sid) as Build;
  while (build.status === 'building') await new Promise((resolve) => setTimeout(resolve, 5));
  return build;
}
