import { conflict, invalid } from '../errors';
import { formatBuild, formatBuildStatus } from '../formats';
import { buildOf, serviceOf } from '../lookups';
import type { Build, FileKind, FileVersion, Service } from '../model';
import { page } from '../paging';
import { created, noContent, type Operation, ok, type ServerlessRequest } from '../request';
import { defaultRuntime, requireDependencies, requireRuntime, requireVersions } from '../rules';

const root = '/v1/Services/:service/Builds';

export const builds: readonly Operation[] = [
  { method: 'GET', path: root, handle: listBuilds },
  { method: 'POST', path: root, handle: createBuild },
  {
    method: 'GET',
    path: `${root}/:build`,
    handle: (request) => ok(formatBuild(buildOf(request), request.accountSid)),
  },
  {
    method: 'GET',
    path: `${root}/:build/Status`,
    handle: (request) => ok(formatBuildStatus(buildOf(request), request.accountSid)),
  },
  { method: 'DELETE', path: `${root}/:build`, handle: deleteBuild },
];

function buildsIn({ state }: ServerlessRequest, service: Service): Build[] {
  return state.builds.filter(({ serviceSid }) => serviceSid === service.sid);
}

/** The newest first: https://www.twilio.com/docs/serverless/api/resource/build */
function listBuilds(request: ServerlessRequest) {
  const rows = buildsIn(request, serviceOf(request)).reverse();
  return page(request, 'builds', rows, (build) => formatBuild(build, request.accountSid));
}

function createBuild(request: ServerlessRequest) {
  const { state, parameters, runner } = request;
  const service = serviceOf(request);
  const named = (kind: FileKind, field: string) =>
    parameters.all(field).map((sid) => versionNamed(request, service, kind, field, sid));
  const versions = [...named('function', 'FunctionVersions'), ...named('asset', 'AssetVersions')];
  const build: Build = {
    ...state.stamped('ZB'),
    serviceSid: service.sid,
    status: 'building',
    failure: null,
    runtime: runtimeOf(request, service),
    dependencies: requireDependencies(parameters.text('Dependencies')),
    versions: requireVersions(versions),
  };
  state.builds.push(build);
  runner.build(build.sid);
  return created(formatBuild(build, request.accountSid));
}

/** A build without one repeats the last build's: https://www.twilio.com/docs/serverless/functions-assets/node-upgrade */
function runtimeOf(request: ServerlessRequest, service: Service): string {
  const given = request.parameters.text('Runtime') ?? buildsIn(request, service).at(-1)?.runtime;
  return requireRuntime(given ?? defaultRuntime);
}

function versionNamed(
  { state }: ServerlessRequest,
  service: Service,
  kind: FileKind,
  field: string,
  sid: string,
): FileVersion {
  const version = state.versions.find(
    (each) => each.sid === sid && each.kind === kind && each.serviceSid === service.sid,
  );
  if (!version) throw invalid(`${field}: ${sid} is no version of a ${kind} of this Service`);
  return version;
}

/** The status and the message are our choice; that a deployed build cannot be deleted is documented at the same page. */
function deleteBuild(request: ServerlessRequest) {
  const build = buildOf(request);
  if (request.state.environments.some(({ buildSid }) => buildSid === build.sid))
    throw conflict(`The build ${build.sid} is deployed`);
  request.state.builds.splice(request.state.builds.indexOf(build), 1);
  return noContent;
}
