import { objectFrom } from '../data/pretty';
import { JsonText } from './json-text';

export interface FactTableProps {
  readonly caption: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** Names and values; what is JSON is laid out as such. */
export function FactTable({ caption, facts }: FactTableProps) {
  if (facts.length === 0) return <p class="faint">{caption}: none</p>;
  return (
    <table class="facts">
      <caption class="spoken">{caption}</caption>
      <tbody>
        {facts.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{objectFrom(value) ? <JsonText text={value} /> : <code>{value}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
