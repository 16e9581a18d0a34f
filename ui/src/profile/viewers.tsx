import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import { Panel } from '../shell/page';
import { Face } from '../streams/avatar';
import { useFormat } from '../strings/format';
import type { ViewingFragment } from './profile.generated';
import classes from './profile.module.css';

const FEW = 8;

/** Who has played something, those with most plays first. */
export function Viewers({ viewers, filter }: { viewers: readonly ViewingFragment[]; filter: Filter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? viewers : viewers.slice(0, FEW);
  return (
    <Panel title={t('libraries.viewers')}>
      {viewers.length === 0 ? (
        <p className={classes.none}>{t('history.noneYet')}</p>
      ) : (
        <ul className={classes.lines}>
          {shown.map(({ user, plays, played, lastPlayedAt }, n) => (
            <li key={user?.id ?? n}>
              <Face name={user?.friendlyName ?? ''} source={user?.avatarUrl} size={30} />
              <span>
                {user ? (
                  <Link to="/users/$id" params={{ id: user.id }}>
                    {user.friendlyName}
                  </Link>
                ) : (
                  <b>{t('card.unknownUser')}</b>
                )}
                <span className={classes.small}>{t('home.last', { when: format.moment(lastPlayedAt) })}</span>
              </span>
              <span className={`${classes.value} numbers`}>
                <Link to="/history" search={{ ...filter, user: user ? [user.id] : undefined }}>
                  {t('home.plays', { count: plays, number: format.number(plays) })}
                </Link>
                <span className={classes.small}> {format.total(played)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {viewers.length > FEW && !all && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('libraries.allViewers', { count: viewers.length })}
        </Button>
      )}
    </Panel>
  );
}
