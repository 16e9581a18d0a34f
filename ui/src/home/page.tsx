import { Button } from '@mantine/core';
import { IconLayoutDashboard } from '@tabler/icons-react';
import { Fragment, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { now } from '../activity/now';
import { NoServer } from '../activity/quiet';
import { Trouble } from '../activity/trouble';
import type { Kind } from '../added/kinds';
import { AddedStrip } from '../added/strip';
import { useStore } from '../live/store';
import { PageHead } from '../shell/page';
import { Nothing } from '../shell/states';
import { arrangement, shownOf, type SectionName } from './arrangement';
import { Libraries } from './libraries';
import { Statistics } from './statistics';
import { Strip } from './strip';

const ArrangePanel = lazy(() => import('./arrange').then((module) => ({ default: module.ArrangePanel })));

const BLIND = new Set(['UNREACHABLE', 'TOKEN_REFUSED', 'STARTING']);

const chooseAdded = (added: Kind) => arrangement.set((before) => ({ ...before, added }));

/** The first page: what is now, what is new, and what the last weeks were like. Every number leads to the plays behind it. */
export function HomePage() {
  const { t } = useTranslation();
  const servers = useServers();
  const running = useStore(now, (live) => live.sessions.size);
  const wish = useStore(arrangement, (value) => value);
  const [arranging, setArranging] = useState(false);
  if (servers.length === 0) {
    return (
      <>
        <PageHead title={t('nav.home')} />
        <NoServer />
      </>
    );
  }
  const part = (name: SectionName) => {
    switch (name) {
      case 'now':
        return <Strip blind={servers.every(({ link }) => BLIND.has(link.state))} />;
      case 'added':
        return <AddedStrip kind={wish.added} onKind={chooseAdded} />;
      case 'statistics':
        return <Statistics arranging={arranging} />;
      case 'libraries':
        return <Libraries />;
    }
  };
  const shown = shownOf(wish.sections);
  return (
    <>
      <PageHead title={t('nav.home')}>
        <Button
          variant="subtle"
          size="sm"
          radius="xl"
          aria-pressed={arranging}
          leftSection={<IconLayoutDashboard size={18} stroke={1.7} aria-hidden />}
          onClick={() => setArranging(!arranging)}
        >
          {t(arranging ? 'home.arranged' : 'home.arrange')}
        </Button>
      </PageHead>
      {arranging && (
        <Suspense fallback={null}>
          <ArrangePanel />
        </Suspense>
      )}
      {servers
        .filter(({ link }) => link.state !== 'LIVE')
        .map((server) => (
          <Trouble key={server.id} server={server} hasSessions={running > 0} />
        ))}
      {shown.map((name) => (
        <Fragment key={name}>{part(name)}</Fragment>
      ))}
      {shown.length === 0 && <Nothing title={t('home.bare')} text={t('home.bareText')} />}
    </>
  );
}
