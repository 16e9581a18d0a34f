import { useState, type ComponentType, type FunctionComponent } from 'react';
import { access, type Access } from '../account/access';
import { useStore } from '../live/store';
import { NoPermission } from './no-permission';

/** `undefined`: nothing is known just now, as while somebody signs out. What is shown then stays. */
type Verdict = boolean | undefined;

function only(judge: (now: Access) => Verdict, Page: ComponentType): FunctionComponent {
  return function Allowed() {
    const verdict = useStore(access, judge);
    const [may, setMay] = useState(verdict ?? true);
    if (verdict !== undefined && verdict !== may) setMay(verdict);
    return may ? <Page /> : <NoPermission />;
  };
}

/** The page, for administrators and before there is one. */
export function adminsOnly(Page: ComponentType): FunctionComponent {
  return only((now) => {
    if (now.phase === 'in') return now.viewer.role === 'ADMIN';
    if (now.phase === 'setup') return true;
    return now.phase === 'refused' ? false : undefined;
  }, Page);
}

/** The page, for everybody whose account has access. */
export function unlessRefused(Page: ComponentType): FunctionComponent {
  return only((now) => {
    if (now.phase === 'in') return true;
    return now.phase === 'refused' ? false : undefined;
  }, Page);
}
