import { when } from '../../http/filters';
import type { Conference } from '../../voice/conference/conference';
import { accountPage } from '../account-paging';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { formatConference } from '../formats/conference';
import { refuseAnnouncements } from '../read-participant';
import { timeFilters, timeTests } from '../time-filters';

const statuses = ['init', 'in-progress', 'completed'] as const;

/** Newest first. Source: https://www.twilio.com/docs/voice/api/conference-resource */
export function listConferences(request: ApiRequest): ApiResponse {
  const { parameters, control, context } = request;
  return accountPage(request, {
    key: 'conferences',
    rows: control.conferences.list(),
    filters: ['FriendlyName', 'Status', ...timeFilters('DateCreated'), ...timeFilters('DateUpdated')],
    tests: [
      when(parameters.text('FriendlyName'), ({ name }: Conference, wanted) => name === wanted),
      when(parameters.oneOf('Status', statuses), ({ status }: Conference, wanted) => status === wanted),
      ...timeTests(request, 'DateCreated', ({ dateCreated }: Conference) => dateCreated),
      ...timeTests(request, 'DateUpdated', ({ dateUpdated }: Conference) => dateUpdated),
    ],
    format: (conference) => formatConference(conference, context),
  });
}

export function fetchConference(request: ApiRequest): ApiResponse {
  return ok(formatConference(conferenceOf(request), request.context));
}

/** A program can only end a conference. */
export function updateConference(request: ApiRequest): ApiResponse {
  const conference = conferenceOf(request);
  refuseAnnouncements(request.parameters);
  if (request.parameters.oneOf('Status', ['completed'])) conference.endByApi();
  return ok(formatConference(conference, request.context));
}

/** @throws ResourceNotFound */
export function conferenceOf(request: ApiRequest): Conference {
  const wanted = request.pathText('conference');
  const conference = request.control.conferences.list().find(({ sid }) => sid === wanted);
  if (!conference) throw request.notFound();
  return conference;
}
