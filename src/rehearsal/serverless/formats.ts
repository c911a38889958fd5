import type { Build, Deployment, Environment, File, FileVersion, Service, Variable } from './model';

// Resources as JSON; their fields as in Twilio's OpenAPI description, twilio_serverless_v1.

type Stamped = { readonly sid: string; readonly dateCreated: number; readonly dateUpdated: number };

const stamps = ({ sid, dateCreated, dateUpdated }: Stamped, accountSid: string) => ({
  sid,
  account_sid: accountSid,
  date_created: isoSeconds(dateCreated),
  date_updated: isoSeconds(dateUpdated),
});

const isoSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
const root = 'https://serverless.twilio.com/v1/Services';

export function formatService(service: Service, accountSid: string) {
  const url = `${root}/${service.sid}`;
  return {
    ...stamps(service, accountSid),
    friendly_name: service.friendlyName,
    unique_name: service.uniqueName,
    include_credentials: service.includeCredentials,
    ui_editable: service.uiEditable,
    domain_base: service.domainBase,
    url,
    links: {
      environments: `${url}/Environments`,
      functions: `${url}/Functions`,
      assets: `${url}/Assets`,
      builds: `${url}/Builds`,
    },
  };
}

export function formatEnvironment(environment: Environment, accountSid: string) {
  const url = `${root}/${environment.serviceSid}/Environments/${environment.sid}`;
  return {
    ...stamps(environment, accountSid),
    service_sid: environment.serviceSid,
    build_sid: environment.buildSid,
    unique_name: environment.uniqueName,
    domain_suffix: environment.domainSuffix,
    domain_name: environment.domainName,
    url,
    links: { variables: `${url}/Variables`, deployments: `${url}/Deployments`, logs: `${url}/Logs` },
  };
}

const collection = { function: 'Functions', asset: 'Assets' } as const;

export function formatFile(file: File, accountSid: string) {
  const url = `${root}/${file.serviceSid}/${collection[file.kind]}/${file.sid}`;
  const versions = file.kind === 'function' ? 'function_versions' : 'asset_versions';
  return {
    ...stamps(file, accountSid),
    service_sid: file.serviceSid,
    friendly_name: file.friendlyName,
    url,
    links: { [versions]: `${url}/Versions` },
  };
}

export function formatVersion(version: FileVersion, accountSid: string) {
  const { date_updated: _, ...stamped } = stamps(version, accountSid);
  const url = `${root}/${version.serviceSid}/${collection[version.kind]}/${version.fileSid}/Versions/${version.sid}`;
  return {
    ...stamped,
    service_sid: version.serviceSid,
    [`${version.kind}_sid`]: version.fileSid,
    path: version.path,
    visibility: version.visibility,
    url,
    ...(version.kind === 'function' && { links: { function_version_content: `${url}/Content` } }),
  };
}

export function formatContent(version: FileVersion, accountSid: string) {
  return {
    sid: version.sid,
    account_sid: accountSid,
    service_sid: version.serviceSid,
    function_sid: version.fileSid,
    content: version.content.toString(),
    url: `${root}/${version.serviceSid}/Functions/${version.fileSid}/Versions/${version.sid}/Content`,
  };
}

export function formatBuild(build: Build, accountSid: string) {
  const url = `${root}/${build.serviceSid}/Builds/${build.sid}`;
  const of = (kind: FileVersion['kind']) =>
    build.versions.filter((version) => version.kind === kind).map((each) => formatVersion(each, accountSid));
  return {
    ...stamps(build, accountSid),
    service_sid: build.serviceSid,
    status: build.status,
    asset_versions: of('asset'),
    function_versions: of('function'),
    dependencies: build.dependencies,
    runtime: build.runtime,
    url,
    links: { build_status: `${url}/Status` },
  };
}

export function formatBuildStatus({ sid, serviceSid, status }: Build, accountSid: string) {
  const url = `${root}/${serviceSid}/Builds/${sid}/Status`;
  return { sid, account_sid: accountSid, service_sid: serviceSid, status, url };
}

export function formatVariable(variable: Variable, accountSid: string) {
  const { serviceSid, environmentSid } = variable;
  return {
    ...stamps(variable, accountSid),
    service_sid: serviceSid,
    environment_sid: environmentSid,
    key: variable.key,
    value: variable.value,
    url: `${root}/${serviceSid}/Environments/${environmentSid}/Variables/${variable.sid}`,
  };
}

export function formatDeployment(deployment: Deployment, accountSid: string) {
  const { serviceSid, environmentSid, buildSid } = deployment;
  return {
    ...stamps(deployment, accountSid),
    service_sid: serviceSid,
    environment_sid: environmentSid,
    build_sid: buildSid,
    url: `${root}/${serviceSid}/Environments/${environmentSid}/Deployments/${deployment.sid}`,
  };
}
