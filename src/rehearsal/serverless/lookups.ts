import type { Call } from './call';
import type { Build, Environment, File, FileKind, FileVersion, Service, Variable } from './model';
import { notFound } from './refusals';

// What the path of a request names; each throws the 404 when there is no such thing.

/** A Service answers to its unique name as well: https://www.twilio.com/docs/serverless/api/resource/service */
export function serviceOf({ state, path, url }: Call): Service {
  return found(
    state.services.find(({ sid, uniqueName }) => sid === path.service || uniqueName === path.service),
    url,
  );
}

export function environmentOf(call: Call): Environment {
  const service = serviceOf(call);
  return found(
    call.state.environments.find((each) => isNamed(each, call.path.environment, service)),
    call.url,
  );
}

export function fileOf(call: Call, kind: FileKind): File {
  const service = serviceOf(call);
  return found(
    call.state.files.find((each) => each.kind === kind && isNamed(each, call.path.file, service)),
    call.url,
  );
}

export function versionOf(call: Call, kind: FileKind): FileVersion {
  const file = fileOf(call, kind);
  return found(
    call.state.versions.find(({ sid, fileSid }) => sid === call.path.version && fileSid === file.sid),
    call.url,
  );
}

export function buildOf(call: Call): Build {
  const service = serviceOf(call);
  return found(
    call.state.builds.find((each) => isNamed(each, call.path.build, service)),
    call.url,
  );
}

export function variableOf(call: Call): Variable {
  return found(
    call.state.variablesOf(environmentOf(call)).find(({ sid }) => sid === call.path.variable),
    call.url,
  );
}

function isNamed(
  { sid, serviceSid }: { readonly sid: string; readonly serviceSid: string },
  wanted: string | undefined,
  service: Service,
): boolean {
  return sid === wanted && serviceSid === service.sid;
}

export function found<Found>(thing: Found | undefined, url: string): Found {
  if (thing === undefined) throw notFound(new URL(url).pathname);
  return thing;
}
