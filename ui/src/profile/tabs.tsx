import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './tabs.module.css';

export type Tab<Name extends string> = { name: Name; text: string };

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

/** The part that an address names, if the page has it. */
export function tabOf<Name extends string>(tabs: readonly Tab<Name>[], wanted: string | undefined): Name {
  const first = tabs[0]?.name;
  return tabs.find(({ name }) => name === wanted)?.name ?? (first as Name);
}
