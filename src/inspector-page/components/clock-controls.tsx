import { useState } from 'preact/hooks';
import { durationText } from '../../common/duration-text';
import type { ControlClient } from '../data/control-client';
import type { ClockState } from '../data/entries';
import { useAction } from './use-action';

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof units;

export interface ClockControlsProps {
  readonly clock: ClockState;
  readonly calls: ControlClient;
}

/** Moves the virtual clock. The new time comes with the stream, as for everybody who looks on. */
export function ClockControls({ clock, calls }: ClockControlsProps) {
  const { isBusy, refusal, run } = useAction();
  const [moved, setMoved] = useState<ClockState | null>(null);
  const order = (form: Record<string, string>) => run(async () => setMoved(await calls.clock(form)));
  // The later of what the stream told last and what was answered here.
  const shown = moved && moved.now_ms > clock.now_ms ? moved : clock;
  return (
    <section class="clock" aria-labelledby="clock">
      <h2 id="clock" class="spoken">
        Virtual clock
      </h2>
      <ClockFace clock={shown} />
      <AdvanceForm isBusy={isBusy} order={order} />
      <button
        type="button"
        aria-disabled={isBusy || shown.next_deadline_ms === null}
        title="On to whatever happens next by itself"
        onClick={() => shown.next_deadline_ms !== null && order({ action: 'next' })}
      >
        To next event
      </button>
      <button
        type="button"
        aria-pressed={shown.running}
        aria-disabled={isBusy}
        title="At the pace of the wall clock"
        onClick={() => order({ action: shown.running ? 'stop' : 'run' })}
      >
        {shown.running ? 'Stop' : 'Run'}
      </button>
      <p class="refusal wrong" role="alert">
        {refusal}
      </p>
    </section>
  );
}

function ClockFace({ clock }: { readonly clock: ClockState }) {
  const time = new Date(clock.now_ms).toISOString();
  const next = clock.next_deadline_ms;
  return (
    <p class="clock-face" aria-live="polite">
      <time dateTime={time}>{time.slice(0, 19).replace('T', ' ')}</time>{' '}
      <span class="faint">
        {next === null ? 'nothing will happen by itself' : `next in ${durationText(next - clock.now_ms, 4)}`}
      </span>
    </p>
  );
}

function AdvanceForm(props: { readonly isBusy: boolean; order(form: Record<string, string>): void }) {
  const [amount, setAmount] = useState('20');
  const [unit, setUnit] = useState<Unit>('minutes');
  const isValid = /^\d+(\.\d+)?$/.test(amount);
  const advance = (event: Event) => {
    event.preventDefault();
    if (isValid) props.order({ action: 'advance', seconds: String(Number(amount) * units[unit]) });
  };
  return (
    <form class="advance" onSubmit={advance} noValidate>
      <label class="spoken" for="advance-amount">
        Advance by
      </label>
      <input
        id="advance-amount"
        inputMode="decimal"
        autocomplete="off"
        size={5}
        value={amount}
        aria-invalid={!isValid}
        onInput={(event) => setAmount(event.currentTarget.value.trim())}
      />
      <label class="spoken" for="advance-unit">
        Unit
      </label>
      <select id="advance-unit" value={unit} onChange={(event) => setUnit(event.currentTarget.value as Unit)}>
        {Object.keys(units).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="submit" aria-disabled={!isValid || props.isBusy}>
        Advance
      </button>
    </form>
  );
}
