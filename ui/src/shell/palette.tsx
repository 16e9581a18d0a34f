import { Button } from '@mantine/core';
import { IconCloudOff, IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Poster } from '../streams/poster';
import { useCommands, type Command } from './commands';
import { Dialog } from './dialog';
import { search } from './match';
import classes from './palette.module.css';
import { useServerTitles, type ServerTitles } from './server-titles';

/** Everything that can be reached or done, by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const commands = useCommands(text);
  const [at, setAt] = useState(0);
  const id = useId();
  const server = useServerTitles(text);
  const own = useMemo(() => search(commands, text), [commands, text]);
  // What the history knows already leads to the same page. The server's own come last, so that nothing moves when they arrive.
  const titles = useMemo(() => {
    const known = new Set(own.flatMap(({ same }) => same ?? []));
    return server.titles.filter(({ same }) => !same?.some((mark) => known.has(mark)));
  }, [own, server.titles]);
  const found = [...own, ...titles];
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

  // Keys are the field's; a pointer needs no more than a click.
  const option = (command: Command, n: number) => (
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
      {command.picture ? <Poster item={command.picture} className={classes.picture} /> : <command.icon size={18} stroke={1.7} aria-hidden />}
      <span className={classes.name}>
        {command.name}
        {command.more && <span className={classes.quiet}> {command.more}</span>}
      </span>
      <span className={classes.quiet}>{command.group}</span>
    </div>
  );

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
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className={classes.list}>
        {own.map((command, n) => option(command, n))}
        {titles.length > 0 && (
          <div role="group" aria-labelledby={`${id}-server`} data-asking={server.state === 'asking' || undefined} className={classes.group}>
            <div id={`${id}-server`} role="presentation" className={classes.heading}>
              {t('palette.server')}
            </div>
            {titles.map((command, n) => option(command, own.length + n))}
          </div>
        )}
      </div>
      {found.length === 0 && server.state !== 'asking' && (
        <p className={classes.empty} role="status">
          {t('palette.empty', { text })}
        </p>
      )}
      <ServerState server={server} />
      <p className={classes.hint}>{t('palette.hint')}</p>
    </Dialog>
  );
}

/** How it stands with the servers' own titles; what is found needs no words. */
function ServerState({ server: { state, silent, again } }: { server: ServerTitles }) {
  const { t } = useTranslation();
  if (state === 'silent') {
    return (
      <div role="alert" className={classes.server}>
        <IconCloudOff size={16} stroke={1.7} aria-hidden />
        <span className={classes.name}>{t('palette.silent', { names: silent.join(', ') })}</span>
        <Button variant="default" size="compact-sm" onClick={again}>
          {t('problem.tryAgain')}
        </Button>
      </div>
    );
  }
  // It is there before it has something to say: only then is what it says read out.
  const said = state === 'asking' ? t('palette.asking') : state === 'none' ? t('palette.none') : '';
  return (
    <div role="status" className={said ? classes.server : undefined}>
      {state === 'asking' && <span className={classes.asking} aria-hidden />}
      {said}
    </div>
  );
}
