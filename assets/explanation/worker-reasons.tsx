import type { TaskExplanation } from './explanation';
import { reasonTexts } from './explanation-text';
import { LongList } from './long-list';
import { Sign } from './sign';

interface WorkerReasonsProps {
  readonly title: string;
  readonly workers: TaskExplanation['workers'];
}

/** Workers, and what speaks for or against each of them. */
export function WorkerReasons({ title, workers }: WorkerReasonsProps) {
  return (
    <div>
      <h4 class="label">{title}</h4>
      <LongList entries={workers} name="workers">
        {({ worker_sid, worker_name, eligible, reasons }) => (
          <li key={worker_sid} aria-current={reasons.some(({ code }) => code === 'offered') || undefined}>
            <Sign isTrue={eligible} text={eligible ? 'Eligible' : 'Not eligible'} />
            <b>{worker_name}</b>
            <div>
              {reasons.length === 0 && 'can be offered the task'}
              {reasonTexts(worker_name, reasons).map((text) => (
                <p key={text}>{text}</p>
              ))}
            </div>
          </li>
        )}
      </LongList>
    </div>
  );
}
