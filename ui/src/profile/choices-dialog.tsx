import '@mantine/core/styles/Input.css';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import classes from './dialogs.module.css';

export type Field = { key: string; label: string; hint: string; value: string; placeholder?: string };
export type Switch = { key: string; label: string; hint: string; value: boolean };
export type Chosen = Record<string, string | boolean>;

export type ChoicesProps = {
  title: string;
  fields: readonly Field[];
  switches: readonly Switch[];
  /** Stores what has changed; tells why not. */
  save: (chosen: Chosen) => Promise<string | null>;
  onClose: () => void;
  onDone: () => void;
};

/** Names, pictures and decisions; only what was changed is stored. */
export function ChoicesDialog({ title, fields, switches, save, onClose, onDone }: ChoicesProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const before: Chosen = Object.fromEntries([...fields, ...switches].map(({ key, value }) => [key, value]));
  const changed = Object.fromEntries(Object.entries(chosen).filter(([key, value]) => (typeof value === 'string' ? value.trim() : value) !== before[key]));
  const isChanged = Object.keys(changed).length > 0;
  const choose = (key: string, value: string | boolean) => setChosen((now) => ({ ...now, [key]: value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged) return onClose();
    setBusy(true);
    const why = await save(Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])));
    setBusy(false);
    setProblem(why);
    if (why !== null) return;
    notify(t('profile.saved'));
    onClose();
    onDone();
  };

  return (
    <Dialog title={title} onClose={onClose} close={t('stop.close')}>
      <form onSubmit={(event) => void submit(event)} className={classes.form}>
        {fields.map(({ key, label, hint, value, placeholder }, n) => (
          <TextInput
            key={key}
            data-autofocus={n === 0 || undefined}
            label={label}
            description={hint}
            placeholder={placeholder}
            maxLength={900}
            autoComplete="off"
            value={String(chosen[key] ?? value)}
            onChange={(event) => choose(key, event.currentTarget.value)}
          />
        ))}
        <div className={classes.switches}>
          {switches.map(({ key, label, hint, value }) => (
            <label key={key}>
              <input type="checkbox" checked={Boolean(chosen[key] ?? value)} onChange={(event) => choose(key, event.currentTarget.checked)} />
              <span>
                <b>{label}</b>
                <span className={classes.quiet}>{hint}</span>
              </span>
            </label>
          ))}
        </div>
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t('profile.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!isChanged}>
            {t('profile.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
