import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Tab } from './tab';
import classes from './tabs.module.css';

/** Parts of a page, each with an address of its own; the first has the page's. */
export function Tabs<Name extends string>({ label, tabs, here }: { label: string; tabs: readonly Tab<Name>[]; here: Name }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where they do not fit, the one that is looked at is in view.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here]);
  if (tabs.length < 2) return null;
  return (
    <nav ref={nav} aria-label={label} className={classes.tabs}>
      {tabs.map(({ name, text }, n) => (
        <Link key={name} to="." search={(n === 0 ? {} : { tab: name }) as never} aria-current={name === here ? 'page' : undefined} activeOptions={{ exact: true, includeSearch: true }} resetScroll={false}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
