import { IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from './commands';
import { Dialog } from './dialog';
import { search } from './match';
import classes from './palette.module.css';

/** Everything that can be reached or done, by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const commands = useCommands(text);
  const [at, setAt] = useState(0);
  const id = useId();
  const found = useMemo(() => search(commands, text), [commands, text]);
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (command: typeof chosen) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      setAt((now) => (Math.min(now, found.length - 1) + move + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Dialog title={t('palette.title')} onClose={onClose} size={580}>
      <div className={classes.field}>
        <IconSearch size={20} stroke={1.7} aria-hidden />
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className={classes.list}>
        {found.map((command, n) => (
          // Keys are the field's; a pointer needs no more than a click.
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            className={classes.option}
            onPointerMove={() => setAt(n)}
            onClick={() => run(command)}
            onKeyDown={onKeyDown}
            ref={command === chosen ? (node) => node?.scrollIntoView({ block: 'nearest' }) : undefined}
          >
            <command.icon size={18} stroke={1.7} aria-hidden />
            <span className={classes.name}>
              {command.name}
              {command.more && <span className={classes.quiet}> {command.more}</span>}
            </span>
            <span className={classes.quiet}>{command.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={classes.empty} role="status">
          {t('palette.empty', { text })}
        </p>
      )}
      <p className={classes.hint}>{t('palette.hint')}</p>
    </Dialog>
  );
}
