import { useRef, useState } from 'preact/hooks';
import { useBusy } from '../design/components/use-busy';
import { checkAttributes } from '../lifecycle/attributes-check';
import type { RunAction } from '../lifecycle/lifecycle-session';
import type { TaskPreset } from '../lifecycle/task-presets';
import { CopyAsCode } from './copy-as-code';

interface CreateTaskFormProps {
  /** Attributes that the workflow has a filter for; null until they are loaded. */
  readonly presets: readonly TaskPreset[] | null;
  readonly runAction: RunAction;
}

export function CreateTaskForm({ presets, runAction }: CreateTaskFormProps) {
  // Undefined until the user edits or chooses; the presets may arrive later than the form.
  const [entered, setEntered] = useState<string>();
  const text = entered ?? (presets?.[0] ? JSON.stringify(presets[0].attributes) : '');
  const [isBusy, run] = useBusy();
  const field = useRef<HTMLTextAreaElement>(null);
  const { valid, message } = checkAttributes(text);
  const parameters: Readonly<Record<string, string>> = text.trim() === '' ? {} : { attributes: text };
  const request = { label: 'Create task', name: 'create-task', parameters } as const;

  const create = (event: Event) => {
    event.preventDefault();
    if (!valid) field.current?.focus();
    else run(() => runAction(request.name, parameters));
  };
  return (
    <section class="panel" aria-labelledby="create">
      <h2 id="create">Create a task</h2>
      <form onSubmit={create} noValidate>
        {presets?.length !== 0 && <PresetButtons presets={presets ?? []} text={text} choose={setEntered} />}
        <label for="attributes">Attributes (JSON)</label>
        <textarea
          id="attributes"
          ref={field}
          rows={3}
          spellcheck={false}
          autocomplete="off"
          value={text}
          aria-invalid={!valid}
          aria-describedby="attributes-check"
          onInput={(event) => setEntered(event.currentTarget.value)}
        />
        <p id="attributes-check" class={valid ? 'check' : 'check error-text'} aria-live="polite">
          {message}
        </p>
        <div class="row">
          <button type="submit" class="primary" aria-disabled={!valid || isBusy}>
            Create task
          </button>
          <span class="faint copy-as">Copy as</span>
          <CopyAsCode request={request} />
        </div>
      </form>
    </section>
  );
}

interface PresetButtonsProps {
  readonly presets: readonly TaskPreset[];
  readonly text: string;
  choose(text: string): void;
}

function PresetButtons({ presets, text, choose }: PresetButtonsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons
    <div class="choice presets" role="group" aria-label="Presets">
      {presets.map(({ label, attributes }) => {
        const preset = JSON.stringify(attributes);
        return (
          <button key={label} type="button" aria-pressed={text === preset} onClick={() => choose(preset)}>
            {label}
          </button>
        );
      })}
    </div>
  );
}
