import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import { useTitle } from '../shell/title';
import classes from './profile.module.css';

type Props = {
  name: string;
  /** A picture or a sign. */
  sign: ReactNode;
  line: readonly (string | null | undefined | false)[];
  marks: readonly (ReactNode | false | null | undefined)[];
  /** Its plays. */
  filter: Filter;
  /** What else can be done with it. */
  children?: ReactNode;
};

/** Who or what a page is about, with the ways to all of its plays. */
export function ProfileHead({ name, sign, line, marks, filter, children }: Props) {
  const { t } = useTranslation();
  useTitle(name);
  const told = marks.filter(Boolean);
  return (
    <header className={classes.head} role="none">
      {sign}
      <div>
        <h1>{name}</h1>
        <p className={`${classes.quiet} numbers`}>{line.filter(Boolean).join(' · ')}</p>
        {told.length > 0 && (
          <ul className={classes.marks}>
            {told.map((mark, n) => (
              <li key={n}>{mark}</li>
            ))}
          </ul>
        )}
      </div>
      <div className={classes.tools}>
        <Button variant="default" size="sm" component={Link} to="/history" search={filter as never}>
          {t('nav.history')}
        </Button>
        <Button variant="default" size="sm" component={Link} to="/graphs" search={filter as never}>
          {t('nav.graphs')}
        </Button>
        {children}
      </div>
    </header>
  );
}
