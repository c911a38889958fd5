import { responseLine } from '../../assets/lifecycle/response-text';
import { aResponse } from './samples';

it('shows a success by its status', () => {
  expect(responseLine(aResponse(201, {}, { name: 'create-task' }))).toBe('create-task: 201');
});

it('shows the message of an error', () => {
  const body = { code: 'no_pending_reservation', message: 'The task is waiting.' };
  expect(responseLine(aResponse(409, body, { name: 'accept-reservation' }))).toBe(
    'accept-reservation: 409. The task is waiting.',
  );
});

it('says why there was no response', () => {
  const lost = aResponse(0, undefined, { name: 'cancel-task', text: 'No response within 15 s.' });
  expect(responseLine(lost)).toBe('cancel-task: no response. No response within 15 s.');
});
