import { parseObject } from '../data/format-text';
import { FormattedText } from './formatted-text';

interface KeyValueTableProps {
  readonly caption: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/** Names and values. JSON objects are formatted. */
export function KeyValueTable({ caption, rows: facts }: KeyValueTableProps) {
  if (facts.length === 0) return <p class="faint">{caption}: none</p>;
  return (
    <table class="key-values">
      <caption class="visually-hidden">{caption}</caption>
      <tbody>
        {facts.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{parseObject(value) ? <FormattedText text={value} /> : <code>{value}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
