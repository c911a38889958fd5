import { noTasksYet } from '../../assets/lifecycle/empty-states';
import { responseLine } from '../../assets/lifecycle/response-text';
import { aLifecycle, anAnswer, aWorker } from './samples';

it('says a success in a word', () => {
  expect(responseLine(anAnswer(201, {}, { name: 'create-task' }))).toBe('create-task: 201');
});

it('says an error in its own words', () => {
  const body = { code: 'no_pending_reservation', message: 'The task is waiting.' };
  expect(responseLine(anAnswer(409, body, { name: 'accept-reservation' }))).toBe(
    'accept-reservation: 409. The task is waiting.',
  );
});

it('says that there was no answer, and why', () => {
  const lost = anAnswer(0, undefined, { name: 'cancel-task', text: 'No answer within 15 s.' });
  expect(responseLine(lost)).toBe('cancel-task: no answer. No answer within 15 s.');
});

it('tells a newcomer what to do, with the names of the workspace', () => {
  const workers = [aWorker({ worker_name: 'Bob' }), aWorker({ worker_name: 'Alice' })];
  expect(noTasksYet(aLifecycle({ workers }))).toBe('No tasks yet. Create one, then set Alice Idle.');
  expect(noTasksYet(aLifecycle({ workers: [] }))).toBe('No tasks yet. Create one to see it here.');
});
