import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../system/clock';
import { VirtualClock } from '../../system/virtual-clock';
import { readForm } from '../http/form-body';
import { Parameters } from '../http/parameters';
import { InvalidParameter } from '../model/errors';
import type { TaskRouter } from '../taskrouter';

const actions = ['advance', 'next', 'run', 'stop'] as const;

/** Our choice: ten years, so that a typing error does not keep the process busy for hours. */
const maxAdvanceSeconds = 3650 * 86_400;

/**
 * `/_taskrouter/clock`: GET returns the time and the next deadline. POST takes the form field `action`: `advance` (with
 * `seconds`, fractions allowed), `next`, `run`, or `stop`. It responds when the clock has moved and the callbacks that
 * this caused have finished.
 */
export function addClockControl(app: FastifyInstance, taskRouter: TaskRouter): void {
  const path = '/_taskrouter/clock';
  app.get(path, () => taskRouter.read(() => clockToJson(taskRouter)));
  app.post(path, async (request) => {
    const parameters = new Parameters(readForm(request));
    parameters.required('action');
    const action = parameters.oneOf('action', actions);
    const moved = await move(requireVirtual(taskRouter.clock), action, parameters);
    return { moved, ...clockToJson(taskRouter) };
  });
}

/** @returns false if there was no deadline to advance to */
async function move(
  clock: VirtualClock,
  action: (typeof actions)[number] | undefined,
  parameters: Parameters,
): Promise<boolean> {
  if (action === 'next') return (await clock.advanceToNext()) !== null;
  if (action === 'run') await clock.run();
  else if (action === 'stop') await clock.stop();
  else await clock.advance(secondsOf(parameters) * 1000);
  return true;
}

function secondsOf(parameters: Parameters): number {
  const text = parameters.required('seconds');
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new InvalidParameter(`Value '${text}' provided for seconds is not a number, such as 1200`);
  }
  if (seconds > maxAdvanceSeconds) {
    throw InvalidParameter.outOfRange('seconds', text, `at most ${maxAdvanceSeconds}`);
  }
  return seconds;
}

function requireVirtual(clock: Clock): VirtualClock {
  if (clock instanceof VirtualClock) return clock;
  throw new InvalidParameter('Only a virtual clock can be moved: start with --clock virtual');
}

export type ClockJson = ReturnType<typeof clockToJson>;

/** The clock as `/_taskrouter/clock` shows it: dates in ISO 8601 with milliseconds, and as Unix milliseconds. */
export function clockToJson(taskRouter: TaskRouter) {
  const { clock } = taskRouter;
  const isVirtual = clock instanceof VirtualClock;
  const now = clock.now();
  const next = isVirtual ? clock.next() : taskRouter.nextDeadline();
  return {
    mode: isVirtual ? ('virtual' as const) : ('system' as const),
    running: !isVirtual || clock.running,
    now: iso(now),
    now_ms: now,
    next_deadline: next === null ? null : iso(next),
    next_deadline_ms: next,
  };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
