import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { durationText } from '../../src/common/duration-text';
import type { QueueHistory } from '../lifecycle/queue-history';

/** In CSS pixels. */
const height = 84;
/** Our choice, in seconds: the shortest time span shown, so that the first readings do not race across the chart. */
const minSpan = 120;

interface QueueChartProps {
  readonly name: string;
  readonly history: QueueHistory;
}

const stepped = uPlot.paths.stepped?.({ align: 1 });

/** The number of waiting tasks as steps and the longest wait as a dashed line, since the page was opened. */
export function QueueChart({ name, history }: QueueChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const isDark = useMediaQuery('(prefers-color-scheme: dark)');
  // Created again when the color scheme changes: the canvas is drawn with its colors.
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    const plot = new uPlot(optionsFor(element), dataOf(history), element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    chart.current = plot;
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [isDark]);
  useEffect(() => chart.current?.setData(dataOf(history)), [history]);
  return (
    <figure class="chart">
      <div ref={container} class="chart-place" role="img" aria-label={description(name, history)} />
      <figcaption>
        <span class="key">waiting</span>
        <span class="key wait">longest wait</span>
      </figcaption>
    </figure>
  );
}

function dataOf({ at, waiting, longestWait }: QueueHistory): uPlot.AlignedData {
  return [[...at], [...waiting], [...longestWait]];
}

function description(name: string, { waiting, longestWait }: QueueHistory): string {
  const maxWaiting = Math.max(0, ...waiting);
  const longest = durationText(Math.max(0, ...longestWait) * 1000);
  return `${name}, since the page was opened: at most ${maxWaiting} waiting, longest wait ${longest}`;
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const color = (name: string) => getComputedStyle(element).getPropertyValue(`--${name}`);
  const font = `11px ${color('text')}`;
  const axis = { stroke: color('faint'), font, ticks: { show: false } };
  const grid = { stroke: color('line'), width: 1 };
  return {
    width: element.clientWidth,
    height,
    padding: [6, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: span },
      y: { range: (_plot, _min, max) => [0, Math.max(2, max)] },
      wait: { range: (_plot, _min, max) => [0, Math.max(60, max)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 20, gap: 5, space: 70, values: clockValues },
      { ...axis, grid, size: 26, gap: 4, space: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      {
        ...axis,
        grid: { show: false },
        scale: 'wait',
        side: 1,
        size: 44,
        gap: 4,
        space: 30,
        values: waitValues,
      },
    ],
    series: [
      {},
      {
        stroke: color('waiting'),
        fill: color('waiting-tint'),
        width: 1.5,
        ...(stepped && { paths: stepped }),
        points: { show: false },
      },
      { scale: 'wait', stroke: color('faint'), width: 1, dash: [3, 3], points: { show: false } },
    ],
  };
}

/** From the first reading to the last, at least `minSpan`. */
function span({ data: [at] }: uPlot): [number, number] {
  const last = at.at(-1) ?? 0;
  return [Math.min(at[0] ?? last, last - minSpan), last];
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockValues = (_plot: uPlot, splits: number[]) => splits.map((at) => clock.format(at * 1000));
const waitValues = (_plot: uPlot, splits: number[]) => splits.map((wait) => durationText(wait * 1000, 1));

/** Whether a media query matches. */
function useMediaQuery(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setMatches(list.matches);
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return matches;
}
