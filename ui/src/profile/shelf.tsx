import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useItemLink } from '../items/use-item-link';
import { Panel } from '../shell/page';
import { Poster } from '../streams/poster';
import { episodeNumber } from '../streams/title-lines';
import { useFormat } from '../strings/format';
import type { TileFragment } from './profile.generated';
import classes from './shelf.module.css';

export type ShelfTile = { key: string; item: TileFragment; when?: string | null | undefined };

/** Titles with their pictures in one row. */
export function Shelf({ title, tiles, server }: { title: string; tiles: readonly ShelfTile[]; server: string | undefined }) {
  return (
    <Panel title={title} className={classes.panel}>
      <ul className={classes.row}>
        {tiles.map((tile) => (
          <li key={tile.key}>
            <TileLink item={tile.item} when={tile.when} server={server} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The two lines under a picture. */
export function useTileLines(): (item: TileFragment) => { first: string; second: string } {
  const { t } = useTranslation();
  return (item) => {
    switch (item.kind) {
      case 'EPISODE':
        return { first: item.grandparentTitle ?? item.title ?? '', second: [episodeNumber(item.parentIndex, item.index, t), item.title].filter(Boolean).join(' · ') };
      case 'SEASON':
      case 'ALBUM':
        return { first: item.parentTitle ?? item.title ?? '', second: item.title ?? '' };
      case 'TRACK':
        return { first: item.title ?? '', second: item.grandparentTitle ?? '' };
      default:
        return { first: item.title ?? '', second: item.year ? String(item.year) : '' };
    }
  };
}

function TileLink({ item, when, server }: Omit<ShelfTile, 'key'> & { server: string | undefined }) {
  const format = useFormat();
  const linkTo = useItemLink(server);
  const { first, second } = useTileLines()(item);
  const text = (
    <>
      <Poster item={item} className={classes.poster} />
      <b title={first}>{first}</b>
      {second && <span title={second}>{second}</span>}
      {when && <time dateTime={when}>{format.brief(when)}</time>}
    </>
  );
  if (!item.ratingKey) return <span className={classes.tile}>{text}</span>;
  return (
    <Link to="/item" search={linkTo(item.ratingKey)} className={classes.tile}>
      {text}
    </Link>
  );
}
