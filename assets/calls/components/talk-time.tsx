import { useEffect, useState } from 'preact/hooks';
import { type Call, isOver, talkedMs } from '../call';

interface TalkTimeProps {
  readonly call: Call;
  /** The time of TaskRouter's clock, in ms since 1970. */
  readonly now: () => number;
}

/** How long a call has been connected, such as `1:05`. */
export function TalkTime({ call, now }: TalkTimeProps) {
  const over = isOver(call);
  const [, tick] = useState(0);
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [over]);
  const talked = talkedMs(call, now());
  if (talked === null) return null;
  return (
    <span class="talk-time" role="timer" aria-live="off">
      {clockText(talked)}
    </span>
  );
}

export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = `${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
