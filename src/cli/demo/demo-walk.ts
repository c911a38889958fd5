import type { TaskResponse } from './functions-client';
import { RoutingStages, type WalkTarget } from './routing-stages';
import type { StageLog } from './stage-log';

/** Drives the lifecycle over HTTP, as a person would, and shows each stage that is reached. */
export class DemoWalk {
  private readonly routing: RoutingStages;

  constructor(
    target: WalkTarget,
    private readonly log: StageLog,
  ) {
    this.routing = new RoutingStages(target, log);
  }

  async acceptByRest(): Promise<string> {
    const task = await this.createWhileAliceIsOffline();
    const callback = await this.routing.makeAliceIdle(task, 'no_instruction');
    const accepted = await this.routing.request<TaskResponse>('/accept-reservation', { task_sid: task });
    this.log.expect('worker_name', accepted.worker_name, 'Alice');
    this.log.expect('reservation_status', accepted.reservation_status, 'accepted');
    this.log.reached(
      'Reservation accepted',
      `${callback.reservationSid} by ${accepted.worker_name}, over REST`,
    );
    await this.routing.showAssigned(task);
    await this.finish(task);
    return task;
  }

  async acceptByInstruction(): Promise<string> {
    const task = await this.createWhileAliceIsOffline();
    const callback = await this.routing.makeAliceIdle(task, 'instruction:accept');
    this.log.reached(
      'Reservation accepted',
      `${callback.reservationSid} by Alice, by the callback's instruction`,
    );
    await this.routing.showAssigned(task);
    return task;
  }

  async finish(task: string): Promise<void> {
    for (const [path, status, stage] of [
      ['/wrap-up-task', 'wrapping', 'Task wrapping'],
      ['/complete-task', 'completed', 'Task completed'],
    ] as const) {
      const response = await this.routing.request<TaskResponse>(path, {
        task_sid: task,
        reason: 'demonstrated',
      });
      this.log.expect('assignment_status', response.assignment_status, status);
      this.log.reached(stage, task);
    }
  }

  private async createWhileAliceIsOffline(): Promise<string> {
    await this.routing.request('/set-worker-activity', { worker: 'Alice', activity: 'Offline' });
    const created = await this.routing.request<TaskResponse>('/create-task', {});
    this.log.expect('assignment_status', created.assignment_status, 'pending');
    this.log.reached('Task created', created.task_sid);
    return created.task_sid;
  }
}
