import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

it('compares the requested status regardless of case', async () => {
  const bench = await ApiBench.start();
  const { path, activities } = await simpleWorkspace(bench);
  const ActivitySid = activities.Available as string;
  await bench.create(`${path}/Workers`, { FriendlyName: 'Alice', ActivitySid });
  const task = `${path}/Tasks/${await bench.create(`${path}/Tasks`, {})}`;
  const { body } = await bench.get(`${task}/Reservations`);
  const reservation = `${task}/Reservations/${body.reservations[0].sid}`;
  const accepted = await bench.post(reservation, { ReservationStatus: 'ACCEPTED' });
  expect(accepted.body.reservation_status).toBe('accepted');
  const wrapping = await bench.post(task, { AssignmentStatus: 'Wrapping' });
  expect(wrapping.body.assignment_status).toBe('wrapping');
  await bench.close();
});
