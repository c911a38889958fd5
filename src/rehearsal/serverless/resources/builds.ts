import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatBuild, formatBuildStatus } from '../formats';
import { buildOf, serviceOf } from '../lookups';
import type { Build, FileKind, FileVersion, Service } from '../model';
import { page } from '../paging';
import { conflict, invalid } from '../refusals';
import { requireDependencies, requireRuntime, requireVersions, usualRuntime } from '../rules';

const root = '/v1/Services/:service/Builds';

export const builds: readonly Operation[] = [
  { method: 'GET', path: root, answer: listBuilds },
  { method: 'POST', path: root, answer: createBuild },
  {
    method: 'GET',
    path: `${root}/:build`,
    answer: (call) => ok(formatBuild(buildOf(call), call.accountSid)),
  },
  {
    method: 'GET',
    path: `${root}/:build/Status`,
    answer: (call) => ok(formatBuildStatus(buildOf(call), call.accountSid)),
  },
  { method: 'DELETE', path: `${root}/:build`, answer: deleteBuild },
];

function buildsIn({ state }: Call, service: Service): Build[] {
  return state.builds.filter(({ serviceSid }) => serviceSid === service.sid);
}

/** The newest first: https://www.twilio.com/docs/serverless/api/resource/build */
function listBuilds(call: Call) {
  const rows = buildsIn(call, serviceOf(call)).reverse();
  return page(call, 'builds', rows, (build) => formatBuild(build, call.accountSid));
}

function createBuild(call: Call) {
  const { state, parameters, workshop } = call;
  const service = serviceOf(call);
  const named = (kind: FileKind, field: string) =>
    parameters.all(field).map((sid) => versionNamed(call, service, kind, field, sid));
  const versions = [...named('function', 'FunctionVersions'), ...named('asset', 'AssetVersions')];
  const build: Build = {
    ...state.stamped('ZB'),
    serviceSid: service.sid,
    status: 'building',
    failure: null,
    runtime: runtimeOf(call, service),
    dependencies: requireDependencies(parameters.text('Dependencies')),
    versions: requireVersions(versions),
  };
  state.builds.push(build);
  workshop.build(build.sid);
  return created(formatBuild(build, call.accountSid));
}

/** A build without one repeats the last build's: https://www.twilio.com/docs/serverless/functions-assets/node-upgrade */
function runtimeOf(call: Call, service: Service): string {
  const given = call.parameters.text('Runtime') ?? buildsIn(call, service).at(-1)?.runtime;
  return requireRuntime(given ?? usualRuntime);
}

function versionNamed(
  { state }: Call,
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

/** Our choice of refusal; that a deployed build cannot be deleted is documented at the same page. */
function deleteBuild(call: Call) {
  const build = buildOf(call);
  if (call.state.environments.some(({ buildSid }) => buildSid === build.sid))
    throw conflict(`The build ${build.sid} is deployed`);
  call.state.builds.splice(call.state.builds.indexOf(build), 1);
  return noContent;
}
