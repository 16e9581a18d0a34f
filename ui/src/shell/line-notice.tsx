import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { connection, retryNow } from '../live/socket';
import { useStore } from '../live/store';
import { useFormat } from '../strings/format';
import classes from './line-notice.module.css';
import { notify } from './notices';

/** Says when our own line to the service is down, since what is shown is then old. */
export function LineNotice() {
  const { t } = useTranslation();
  const format = useFormat();
  const line = useStore(connection, (now) => now);
  const was = useRef(line.state);
  useEffect(() => {
    if (was.current === 'lost' && line.state === 'open') notify(t('line.back'));
    was.current = line.state;
  }, [line.state, t]);
  return (
    <div role="status">
      {line.state === 'lost' && (
        <div className={classes.notice}>
          <strong>{t('line.lost')}</strong>
          <span>{t('line.lostText', { when: format.clock(line.since) })}</span>
          <Button size="compact-sm" variant="default" onClick={retryNow}>
            {t('line.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
