import { Popover, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Server } from '../account/access';
import { useFormat } from '../strings/format';
import classes from './server-chip.module.css';

/** A media server's name and how we hear of it; more on a click. */
export function ServerChip({ server }: { server: Server }) {
  const { t } = useTranslation();
  const { state } = server.link;
  const word = t(`server.state.${state}`);
  return (
    <Popover position="bottom-start" width={300} shadow="md" radius="lg" withRoles trapFocus={false}>
      <Popover.Target>
        <UnstyledButton className={classes.chip} data-state={state}>
          <span className={classes.dot} aria-hidden />
          <span className={classes.name}>{server.name}</span>
          <span className="unseen">: </span>
          <span className={classes.state}>{word}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.more ?? ''}>
        <More server={server} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What is drawn only once it is opened, since times cost more than all the rest of the frame. */
function More({ server }: { server: Server }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, since, problem } = server.link;
  const software = [
    server.version && t('server.version', { version: server.version }),
    server.platform && t('server.platform', { platform: server.platform }),
  ];
  return (
    <>
      <strong>{server.name}</strong>
      <p data-state={state} className={classes.says}>
        {t(`server.says.${state}`)}
      </p>
      {problem && state !== 'LIVE' && <p className={classes.problem}>{problem}</p>}
      <ul>
        {since && <li>{t('server.since', { when: format.moment(since) })}</li>}
        {software.some(Boolean) && <li>{software.filter(Boolean).join(' ')}</li>}
        <li>{t(server.plexPass ? 'server.pass' : 'server.noPass')}</li>
        {server.url && <li className={classes.url}>{server.url}</li>}
      </ul>
    </>
  );
}
