import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { newsOf, putAway, refreshReleases, releases } from '../about/releases';
import { useServers } from '../account/use-account';
import { useStore } from '../live/store';
import classes from './line-notice.module.css';

/** Without what Plex adds to tell one build from another. */
const brief = (version: string) => version.split('-')[0];

/** The page itself comes first. */
const LATER = 2000;

/** Says on every page that a newer version of a media server is out, until it runs or is put away. */
export function ReleaseNotice() {
  const { t } = useTranslation();
  const servers = useServers();
  const news = newsOf(
    useStore(releases, (known) => known),
    servers,
  );
  useEffect(() => {
    const timer = setTimeout(() => void refreshReleases(), LATER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {news.map(({ id, name, version }) => (
        <div key={id} className={classes.notice} data-tone="news">
          <span>{t('release.out', { name, version: brief(version) })}</span>
          <Link to="/about">{t('release.more')}</Link>
          <ActionIcon size={32} aria-label={t('release.away', { name, version: brief(version) })} onClick={() => putAway(id, version)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
