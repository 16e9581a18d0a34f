import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { followActivity, now } from '../activity/now';
import { useStore } from '../live/store';
import { Renewal } from '../token/renew';
import { Header } from './header';
import { LineNotice } from './line-notice';
import { Framed } from './plain';
import { Rail } from './rail';
import { ReleaseNotice } from './release-notice';
import { watchScrollbar } from './scrollbar';
import classes from './shell.module.css';
import { useStreamsInTitle } from './title';
import { TokenNotice } from './token-notice';

const Palette = lazy(() => import('./palette').then((module) => ({ default: module.Palette })));

/** The frame of every page for whoever is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [finding, setFinding] = useState(false);
  useEffect(followActivity, []);
  useEffect(watchScrollbar, []);
  useStreamsInTitle(useStore(now, (live) => live.sessions.size));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setFinding((open) => !open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const find = () => setFinding(true);
  return (
    <div className={classes.shell}>
      <a
        className={classes.skip}
        href="#content"
        onClick={(event) => {
          // The page's base may lie elsewhere, so a plain fragment would leave the page.
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <Rail onFind={find} />
      <div className={classes.body}>
        <Header onFind={find} />
        <LineNotice />
        {isAdmin && <TokenNotice />}
        {isAdmin && <ReleaseNotice />}
        <main id="content" tabIndex={-1} className={classes.main}>
          <Framed value>
            <Outlet />
          </Framed>
        </main>
      </div>
      {isAdmin && <Renewal />}
      {finding && (
        <Suspense fallback={null}>
          <Palette onClose={() => setFinding(false)} />
        </Suspense>
      )}
    </div>
  );
}
