import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import type { ItemSearch } from '../items/subject';
import { Face } from '../streams/avatar';
import { Poster } from '../streams/poster';
import type { CardName } from './arrangement';
import classes from './cards.module.css';
import type { TitleRowFragment } from './home.generated';

export type Line = {
  key: string;
  name: string;
  more?: string | null | undefined;
  value: string;
  /** Share of the first line's. */
  share?: number;
  face?: { name: string; source: string | null | undefined };
  poster?: NonNullable<TitleRowFragment['lastPlay']>['item'] | undefined;
  /** What the number counts. */
  rows?: Filter | undefined;
  /** The page of the thing itself. */
  page?: { to: '/users/$id' | '/libraries/$id'; id: string } | undefined;
  item?: ItemSearch | null | undefined;
};

type Props = { name: CardName; title: string; lines: readonly Line[]; held: boolean; change?: ((n: number) => ReactNode) | undefined; children: ReactNode };

/** A ranking: each line's name leads to the thing, its number to the plays behind it; `change` tells how that has changed. `children` are tools in its head. */
export function Card({ name, title, lines, held, change, children }: Props) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} data-list="cards" data-sort={name} data-held={held || undefined} aria-label={title}>
      <header role="none">
        <h2>{title}</h2>
        {children}
      </header>
      {lines.length === 0 ? (
        <p className={classes.none}>{t('home.noneHere')}</p>
      ) : (
        <ol className={classes.lines}>
          {lines.map((line, n) => (
            <li key={line.key} style={{ '--share': line.share ?? 0 }}>
              {line.poster && <Poster item={line.poster} className={classes.poster} />}
              {line.face && <Face name={line.face.name} source={line.face.source} size={26} />}
              <span className={classes.name}>
                <NameLink line={line} />
                {line.more && <span className={classes.quiet}>{line.more}</span>}
                {line.share !== undefined && <span className={classes.bar} aria-hidden />}
              </span>
              <span className={`${classes.value} numbers`}>
                <Value line={line} />
                {change?.(n)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function NameLink({ line: { name, page, item, rows } }: { line: Line }) {
  if (item) {
    return (
      <Link to="/item" search={item} title={name}>
        {name}
      </Link>
    );
  }
  if (page) {
    return (
      <Link to={page.to} params={{ id: page.id }} title={name}>
        {name}
      </Link>
    );
  }
  if (!rows) return <b title={name}>{name}</b>;
  return (
    <Link to="/history" search={rows} title={name}>
      {name}
    </Link>
  );
}

function Value({ line: { rows, value, name } }: { line: Line }): ReactNode {
  const { t } = useTranslation();
  if (!rows) return value;
  return (
    <Link to="/history" search={rows} aria-label={t('home.rowsOf', { name, value })}>
      {value}
    </Link>
  );
}
