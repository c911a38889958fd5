import { useLayoutEffect, useRef } from 'preact/hooks';
import { ClockTime } from '../../design/components/clock-time';
import type { CallLine } from '../call';
import { lineView } from '../line-view';

interface ConversationProps {
  readonly lines: readonly CallLine[];
  /** For screen readers: whose conversation it is. */
  readonly label: string;
}

/** How close to its end a reader is who wants to see what comes next, in pixels. */
const nearEnd = 24;

/** Who says what in a call. It follows the end, unless the reader has scrolled back. */
export function Conversation({ lines, label }: ConversationProps) {
  const area = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = area.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [lines.length]);
  const look = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: Element }) => {
    follows.current = scrollHeight - scrollTop - clientHeight < nearEnd;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <div ref={area} class="conversation" role="log" aria-label={label} tabIndex={0} onScroll={look}>
      <ol>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </ol>
    </div>
  );
}

function Line({ line }: { readonly line: CallLine }) {
  const { kind, side, speaker, verb, text } = lineView(line);
  if (kind !== 'note')
    return (
      <li class="bubble" data-side={side} data-kind={kind}>
        <p class="speaker">
          {speaker}
          <span class="visually-hidden">{kind === 'keys' ? ' presses' : ' says'}</span>{' '}
          <ClockTime iso={line.at} />
        </p>
        <p class="said">{text}</p>
      </li>
    );
  return (
    <li class="note">
      <b>{speaker}</b> {verb.startsWith('<') ? <code>{verb}</code> : verb} {text}
    </li>
  );
}
