import { conflict, invalid } from '../errors';
import { formatContent, formatFile, formatVersion } from '../formats';
import { fileOf, serviceOf, versionOf } from '../lookups';
import type { File, FileKind, FileVersion } from '../model';
import { page } from '../paging';
import { created, noContent, type Operation, ok, type ServerlessRequest } from '../request';
import { requirePath, requireText, requireVisibility } from '../rules';

const collections = { function: 'Functions', asset: 'Assets' } as const;

/** Functions and Assets are handled alike, and so are their versions. */
function filesOf(kind: FileKind): Operation[] {
  const root = `/v1/Services/:service/${collections[kind]}`;
  const key = collections[kind].toLowerCase();
  return [
    {
      method: 'GET',
      path: root,
      handle: (request) =>
        page(request, key, filesIn(request, kind), (file) => formatFile(file, request.accountSid)),
    },
    { method: 'POST', path: root, handle: (request) => createFile(request, kind) },
    {
      method: 'GET',
      path: `${root}/:file`,
      handle: (request) => ok(formatFile(fileOf(request, kind), request.accountSid)),
    },
    { method: 'POST', path: `${root}/:file`, handle: (request) => renameFile(request, kind) },
    { method: 'DELETE', path: `${root}/:file`, handle: (request) => deleteFile(request, kind) },
    {
      method: 'GET',
      path: `${root}/:file/Versions`,
      handle: (request) =>
        page(request, `${kind}_versions`, versionsOf(request, kind), (row) =>
          formatVersion(row, request.accountSid),
        ),
    },
    {
      method: 'POST',
      host: 'upload',
      path: `${root}/:file/Versions`,
      handle: (request) => upload(request, kind),
    },
    {
      method: 'GET',
      path: `${root}/:file/Versions/:version`,
      handle: (request) => ok(formatVersion(versionOf(request, kind), request.accountSid)),
    },
  ];
}

export const files: readonly Operation[] = [
  ...filesOf('function'),
  {
    method: 'GET',
    path: '/v1/Services/:service/Functions/:file/Versions/:version/Content',
    handle: (request) => ok(formatContent(versionOf(request, 'function'), request.accountSid)),
  },
  ...filesOf('asset'),
];

function filesIn(request: ServerlessRequest, kind: FileKind): File[] {
  const service = serviceOf(request);
  return request.state.files.filter((file) => file.kind === kind && file.serviceSid === service.sid);
}

function versionsOf(request: ServerlessRequest, kind: FileKind): FileVersion[] {
  const file = fileOf(request, kind);
  return request.state.versions.filter(({ fileSid }) => fileSid === file.sid);
}

function createFile(request: ServerlessRequest, kind: FileKind) {
  const { state, parameters } = request;
  const serviceSid = serviceOf(request).sid;
  const friendlyName = requireText('FriendlyName', parameters.text('FriendlyName'), 255);
  if (filesIn(request, kind).some((file) => file.friendlyName === friendlyName))
    throw conflict(`The Service has '${friendlyName}' among its ${collections[kind]} already`);
  const file: File = { ...state.stamped('ZH'), serviceSid, kind, friendlyName };
  state.files.push(file);
  return created(formatFile(file, request.accountSid));
}

function renameFile(request: ServerlessRequest, kind: FileKind) {
  const file = fileOf(request, kind);
  file.friendlyName = requireText('FriendlyName', request.parameters.text('FriendlyName'), 255);
  request.state.touch(file);
  return ok(formatFile(file, request.accountSid));
}

/** Builds keep the versions of a deleted file. */
function deleteFile(request: ServerlessRequest, kind: FileKind) {
  request.state.files.splice(request.state.files.indexOf(fileOf(request, kind)), 1);
  return noContent;
}

function upload(request: ServerlessRequest, kind: FileKind) {
  const { state, parameters } = request;
  const file = fileOf(request, kind);
  if (!request.upload) throw invalid('Content must be sent as a file of multipart/form-data');
  const version: FileVersion = {
    ...state.stamped('ZN'),
    serviceSid: file.serviceSid,
    fileSid: file.sid,
    kind,
    path: requirePath(parameters.text('Path')),
    visibility: requireVisibility(parameters.text('Visibility')),
    ...request.upload,
  };
  state.versions.push(version);
  return created(formatVersion(version, request.accountSid));
}
