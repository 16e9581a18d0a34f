import type { RouteComponent } from '@tanstack/react-router';
import { useState } from 'react';
import { access, type Access } from '../account/access';
import { useStore } from '../live/store';
import { NoPermission } from './no-permission';

/** `undefined`: nothing is known just now, as while somebody signs out. What is shown then stays. */
type Verdict = boolean | undefined;

function only(judge: (now: Access) => Verdict, Page: RouteComponent): RouteComponent {
  function Allowed() {
    const verdict = useStore(access, judge);
    const [may, setMay] = useState(verdict ?? true);
    if (verdict !== undefined && verdict !== may) setMay(verdict);
    return may ? <Page /> : <NoPermission />;
  }
  // The router fetches a page before it draws it, if it can; otherwise the page is waited for while it is drawn.
  return Object.assign(Allowed, { preload: Page.preload });
}

/** The page, for administrators and before there is one. */
export function adminsOnly(Page: RouteComponent): RouteComponent {
  return only((now) => {
    if (now.phase === 'in') return now.viewer.role === 'ADMIN';
    if (now.phase === 'setup') return true;
    return now.phase === 'refused' ? false : undefined;
  }, Page);
}

/** The page, for everybody whose account has access. */
export function unlessRefused(Page: RouteComponent): RouteComponent {
  return only((now) => {
    if (now.phase === 'in') return true;
    return now.phase === 'refused' ? false : undefined;
  }, Page);
}
