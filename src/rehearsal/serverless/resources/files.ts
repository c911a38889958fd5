import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatContent, formatFile, formatVersion } from '../formats';
import { fileOf, serviceOf, versionOf } from '../lookups';
import type { File, FileKind, FileVersion } from '../model';
import { page } from '../paging';
import { conflict, invalid } from '../refusals';
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
      answer: (call) => page(call, key, filesIn(call, kind), (file) => formatFile(file, call.accountSid)),
    },
    { method: 'POST', path: root, answer: (call) => createFile(call, kind) },
    {
      method: 'GET',
      path: `${root}/:file`,
      answer: (call) => ok(formatFile(fileOf(call, kind), call.accountSid)),
    },
    { method: 'POST', path: `${root}/:file`, answer: (call) => renameFile(call, kind) },
    { method: 'DELETE', path: `${root}/:file`, answer: (call) => deleteFile(call, kind) },
    {
      method: 'GET',
      path: `${root}/:file/Versions`,
      answer: (call) =>
        page(call, `${kind}_versions`, versionsOf(call, kind), (row) => formatVersion(row, call.accountSid)),
    },
    { method: 'POST', host: 'upload', path: `${root}/:file/Versions`, answer: (call) => upload(call, kind) },
    {
      method: 'GET',
      path: `${root}/:file/Versions/:version`,
      answer: (call) => ok(formatVersion(versionOf(call, kind), call.accountSid)),
    },
  ];
}

export const files: readonly Operation[] = [
  ...filesOf('function'),
  {
    method: 'GET',
    path: '/v1/Services/:service/Functions/:file/Versions/:version/Content',
    answer: (call) => ok(formatContent(versionOf(call, 'function'), call.accountSid)),
  },
  ...filesOf('asset'),
];

function filesIn(call: Call, kind: FileKind): File[] {
  const service = serviceOf(call);
  return call.state.files.filter((file) => file.kind === kind && file.serviceSid === service.sid);
}

function versionsOf(call: Call, kind: FileKind): FileVersion[] {
  const file = fileOf(call, kind);
  return call.state.versions.filter(({ fileSid }) => fileSid === file.sid);
}

function createFile(call: Call, kind: FileKind) {
  const { state, parameters } = call;
  const serviceSid = serviceOf(call).sid;
  const friendlyName = requireText('FriendlyName', parameters.text('FriendlyName'), 255);
  if (filesIn(call, kind).some((file) => file.friendlyName === friendlyName))
    throw conflict(`The Service has '${friendlyName}' among its ${collections[kind]} already`);
  const file: File = { ...state.stamped('ZH'), serviceSid, kind, friendlyName };
  state.files.push(file);
  return created(formatFile(file, call.accountSid));
}

function renameFile(call: Call, kind: FileKind) {
  const file = fileOf(call, kind);
  file.friendlyName = requireText('FriendlyName', call.parameters.text('FriendlyName'), 255);
  call.state.touch(file);
  return ok(formatFile(file, call.accountSid));
}

/** What a build has taken up goes on being served. */
function deleteFile(call: Call, kind: FileKind) {
  call.state.files.splice(call.state.files.indexOf(fileOf(call, kind)), 1);
  return noContent;
}

function upload(call: Call, kind: FileKind) {
  const { state, parameters } = call;
  const file = fileOf(call, kind);
  if (!call.upload) throw invalid('Content must be sent as a file of multipart/form-data');
  const version: FileVersion = {
    ...state.stamped('ZN'),
    serviceSid: file.serviceSid,
    fileSid: file.sid,
    kind,
    path: requirePath(parameters.text('Path')),
    visibility: requireVisibility(parameters.text('Visibility')),
    ...call.upload,
  };
  state.versions.push(version);
  return created(formatVersion(version, call.accountSid));
}
