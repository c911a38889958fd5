import { attributeText } from '../lifecycle/attribute-text';
import type { Attributes } from '../lifecycle/lifecycle-response';
import { shownAttributes } from '../lifecycle/shown-attributes';

export function AttributeList({ attributes }: { readonly attributes: Attributes }) {
  const entries = shownAttributes(attributes);
  if (entries.length === 0)
    return <p class="attributes faint">{attributes ? 'No attributes' : 'Unreadable attributes'}</p>;
  return (
    <dl class="attributes">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt> <dd>{attributeText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
