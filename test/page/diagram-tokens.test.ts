import { diagramTokens, stagesBySid, type Token } from '../../assets/lifecycle/diagram-tokens';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

const at = ({ text, stage, slot }: Token) => ({ text, stage, slot });
const ofKind = (kind: Token['kind'], tokens: readonly Token[]) =>
  tokens.filter((token) => token.kind === kind).map(at);

it.each([
  ['pending', 0],
  ['reserved', 2],
  ['assigned', 4],
  ['wrapping', 5],
  ['completed', 6],
] as const)('places a task that is %s at stage %i', (assignment_status, stage) => {
  const tokens = diagramTokens(aLifecycle({ tasks: [aTask({ assignment_status })], workers: [] }));
  expect(tokens.map(at)).toEqual([{ text: '0001', stage, slot: 0 }]);
});

it('has no token for a canceled task', () => {
  const tasks = [aTask({ assignment_status: 'canceled' })];
  expect(diagramTokens(aLifecycle({ tasks, workers: [] }))).toEqual([]);
});

it('shows the latest of many tasks, and how many more there are', () => {
  const tasks = Array.from({ length: 10 }, (_, index) =>
    aTask({ task_sid: exampleSid('WT', index), date_updated: `2026-01-01T00:00:0${index}.000Z` }),
  );
  const tokens = diagramTokens(aLifecycle({ tasks, workers: [] }));
  expect(tokens.map(({ text }) => text)).toEqual(['0009', '0008', '0007', '0006', '0005', '+5']);
  expect(new Set(tokens.map(({ slot }) => slot)).size).toBe(6);
});

it.each([
  ['an available worker at the second stage', true, undefined, 1],
  ['a worker with an offer at the reservation', false, 'pending', 2],
  ['a worker who has a task with the task', false, 'accepted', 4],
  ['a worker who is wrapping up with the task', true, 'wrapping', 5],
])('places %s', (_, available, reservation_status, stage) => {
  const reservations = reservation_status ? [aReservation({ reservation_status })] : [];
  const tokens = diagramTokens(aLifecycle({ workers: [aWorker({ available })], reservations }));
  expect(ofKind('worker', tokens)).toEqual([{ text: 'Alice', stage, slot: 0 }]);
});

it('has no token for a worker who is neither working nor available', () => {
  const reservations = [aReservation({ reservation_status: 'rejected' })];
  expect(diagramTokens(aLifecycle({ workers: [aWorker()], reservations }))).toEqual([]);
});

it('places two side by side and centers a single one', () => {
  const tasks = [1, 2, 3].map((number) => aTask({ task_sid: exampleSid('WT', number) }));
  const tokens = diagramTokens(aLifecycle({ tasks, workers: [] }));
  expect(tokens.map(({ column }) => column)).toEqual([-0.5, 0.5, 0]);
});

it('knows the stage of tasks without a token', () => {
  const tasks = Array.from({ length: 10 }, (_, index) => aTask({ task_sid: exampleSid('WT', index) }));
  expect(stagesBySid(aLifecycle({ tasks, workers: [] })).size).toBe(10);
});
