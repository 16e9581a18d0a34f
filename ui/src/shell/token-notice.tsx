import { IconKeyOff } from '@tabler/icons-react';
import { useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { RenewButton } from '../token/renew';
import classes from './line-notice.module.css';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page says itself what is wrong with a server. */
    saysTrouble?: true;
  }
}

/** Says on every page that a media server refuses our token, for as long as it does, since until then nothing is written down. */
export function TokenNotice() {
  const { t } = useTranslation();
  const refusing = useServers().filter(({ link }) => link.state === 'TOKEN_REFUSED');
  const isSaid = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.saysTrouble) });
  return (
    <div role="status">
      {!isSaid &&
        refusing.map((server) => (
          <div key={server.id} className={classes.notice} data-tone="bad">
            <IconKeyOff size={18} stroke={1.8} aria-hidden />
            <strong>{t('trouble.TOKEN_REFUSED', { name: server.name })}</strong>
            <span>{t('trouble.refusedBlind')}</span>
            <RenewButton server={server} />
          </div>
        ))}
    </div>
  );
}
