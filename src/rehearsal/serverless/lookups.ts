import { notFound } from './errors';
import type { Build, Environment, File, FileKind, FileVersion, Service, Variable } from './model';
import type { ServerlessRequest } from './request';

// The resource that the path of a request names. Each throws the 404 if there is none.

/** The unique name of a Service works in place of its sid: https://www.twilio.com/docs/serverless/api/resource/service */
export function serviceOf({ state, path, url }: ServerlessRequest): Service {
  return found(
    state.services.find(({ sid, uniqueName }) => sid === path.service || uniqueName === path.service),
    url,
  );
}

export function environmentOf(request: ServerlessRequest): Environment {
  const service = serviceOf(request);
  return found(
    request.state.environments.find((each) => isNamed(each, request.path.environment, service)),
    request.url,
  );
}

export function fileOf(request: ServerlessRequest, kind: FileKind): File {
  const service = serviceOf(request);
  return found(
    request.state.files.find((each) => each.kind === kind && isNamed(each, request.path.file, service)),
    request.url,
  );
}

export function versionOf(request: ServerlessRequest, kind: FileKind): FileVersion {
  const file = fileOf(request, kind);
  return found(
    request.state.versions.find(({ sid, fileSid }) => sid === request.path.version && fileSid === file.sid),
    request.url,
  );
}

export function buildOf(request: ServerlessRequest): Build {
  const service = serviceOf(request);
  return found(
    request.state.builds.find((each) => isNamed(each, request.path.build, service)),
    request.url,
  );
}

export function variableOf(request: ServerlessRequest): Variable {
  return found(
    request.state.variablesOf(environmentOf(request)).find(({ sid }) => sid === request.path.variable),
    request.url,
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
