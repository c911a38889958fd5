import { useRef, useState } from 'preact/hooks';
import { useBusy } from '../design/components/use-busy';
import { checkAttributes } from '../lifecycle/attributes-check';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { CopyAsCode } from './copy-as-code';

const presets = [
  { label: 'Spanish', text: '{"selected_language":"es"}' },
  { label: 'English', text: '{"selected_language":"en"}' },
] as const;

export function CreateTaskForm({ act }: { readonly act: RunAction }) {
  const [text, setText] = useState<string>(presets[0].text);
  const [busy, run] = useBusy();
  const field = useRef<HTMLTextAreaElement>(null);
  const { valid, message } = checkAttributes(text);
  const call = { name: 'create-task', parameters: text.trim() === '' ? {} : { attributes: text } } as const;

  const create = (event: Event) => {
    event.preventDefault();
    if (!valid) field.current?.focus();
    else run(() => act(call.name, call.parameters));
  };
  return (
    <section class="panel" aria-labelledby="create">
      <h2 id="create">Create a task</h2>
      <form onSubmit={create} noValidate>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form, and these are buttons */}
        <div class="choice" role="group" aria-label="Presets">
          {presets.map((preset) => (
            <button
              key={preset.label}
              type="button"
              aria-pressed={text === preset.text}
              onClick={() => setText(preset.text)}
            >
              {preset.label}
            </button>
          ))}
        </div>
        <label for="attributes">Attributes, as JSON</label>
        <textarea
          id="attributes"
          ref={field}
          rows={3}
          spellcheck={false}
          autocomplete="off"
          value={text}
          aria-invalid={!valid}
          aria-describedby="attributes-check"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p id="attributes-check" class={valid ? 'check' : 'check wrong'} aria-live="polite">
          {message}
        </p>
        <div class="row">
          <button type="submit" class="primary" aria-disabled={!valid || busy}>
            Create task
          </button>
          <span class="faint copy-as">Copy as</span>
          <CopyAsCode call={{ label: 'Create task', ...call }} />
        </div>
      </form>
    </section>
  );
}
