import { IconArrowDown, IconArrowUp, IconEyeOff, IconGripVertical } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import type { ItemSearch } from '../items/subject';
import { Face } from '../streams/avatar';
import { Poster } from '../streams/poster';
import { arrangement, dropped, moved, type CardName } from './arrangement';
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

/** A ranking: each line's name leads to the thing, its number to the plays behind it. */
export function Card({ name, title, lines, wide, arranging }: { name: CardName; title: string; lines: readonly Line[]; wide?: boolean; arranging: boolean }) {
  const { t } = useTranslation();
  const withPictures = lines.some(({ poster }) => poster);
  return (
    <section className={classes.card} data-wide={wide || undefined} aria-label={title}>
      <header role="none">
        <h2>{title}</h2>
        {arranging && <Arrange name={name} title={title} />}
      </header>
      {lines.length === 0 ? (
        <p className={classes.none}>{t('home.noneHere')}</p>
      ) : (
        <ol className={classes.lines} data-pictures={withPictures || undefined}>
          {lines.map((line) => (
            <li key={line.key} style={{ '--share': line.share ?? 0 }}>
              {line.poster && <Poster item={line.poster} className={classes.poster} />}
              {line.face && <Face name={line.face.name} source={line.face.source} size={26} />}
              <span className={classes.name}>
                <NameLink line={line} />
                {line.more && <span className={classes.quiet}>{line.more}</span>}
                {line.share !== undefined && <span className={classes.bar} aria-hidden />}
              </span>
              <Value line={line} />
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
  if (!rows) return <span className={`${classes.value} numbers`}>{value}</span>;
  return (
    <Link to="/history" search={rows} className={`${classes.value} numbers`} aria-label={t('home.rowsOf', { name, value })}>
      {value}
    </Link>
  );
}

/** Moving a card by hand or by keys, and putting it away. */
function Arrange({ name, title }: { name: CardName; title: string }) {
  const { t } = useTranslation();
  const shift = (by: -1 | 1) => arrangement.set((now) => ({ ...now, order: moved(now.order, now.hidden, name, by) }));
  return (
    <div
      className={classes.arrange}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const from = event.dataTransfer.getData('text/plain') as CardName;
        arrangement.set((now) => (now.order.includes(from) ? { ...now, order: dropped(now.order, from, name) } : now));
      }}
    >
      <span draggable className={classes.grip} title={t('home.drag')} onDragStart={(event) => event.dataTransfer.setData('text/plain', name)}>
        <IconGripVertical size={17} stroke={1.7} aria-hidden />
      </span>
      <button type="button" aria-label={t('home.forward', { name: title })} onClick={() => shift(-1)}>
        <IconArrowUp size={16} stroke={1.8} aria-hidden />
      </button>
      <button type="button" aria-label={t('home.backward', { name: title })} onClick={() => shift(1)}>
        <IconArrowDown size={16} stroke={1.8} aria-hidden />
      </button>
      <button type="button" aria-label={t('home.hide', { name: title })} onClick={() => arrangement.set((now) => ({ ...now, hidden: [...now.hidden, name] }))}>
        <IconEyeOff size={16} stroke={1.8} aria-hidden />
      </button>
    </div>
  );
}
