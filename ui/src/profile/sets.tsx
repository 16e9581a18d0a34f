import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useItemLink } from '../items/use-item-link';
import type { Answer } from '../live/answer';
import { Poster } from '../streams/poster';
import { unbroken, useFormat } from '../strings/format';
import type { ListedFragment } from './profile.generated';
import classes from './shelf.module.css';
import { Answered } from './states';

type Props<Data> = { answer: Answer<Data>; find: (data: Data) => readonly ListedFragment[]; server: string | undefined; none: { title: string; text: string } };

/** Collections or playlists (LIB-04), each with what is known of it; each leads to its members. */
export function Sets<Data>({ answer, find, server, none }: Props<Data>) {
  return (
    <Answered answer={answer} none={none} isEmpty={(data) => find(data).length === 0}>
      {(data) => (
        <ul className={classes.grid}>
          {find(data).map((set, n) => (
            <li key={set.facts.ratingKey ?? n}>
              <SetTile set={set} server={server} />
            </li>
          ))}
        </ul>
      )}
    </Answered>
  );
}

function SetTile({ set: { facts, set, childCount, leafCount }, server }: { set: ListedFragment; server: string | undefined }) {
  const { t } = useTranslation();
  const linkTo = useItemLink(server);
  const format = useFormat();
  const count = facts.kind === 'PLAYLIST' ? leafCount : (childCount ?? leafCount);
  const years = set?.minYear && set.maxYear ? (set.minYear === set.maxYear ? String(set.minYear) : `${set.minYear}–${set.maxYear}`) : null;
  const more = [count != null && unbroken(t('libraries.holds.items', { count, number: format.number(count) })), facts.kind === 'PLAYLIST' && facts.duration ? unbroken(format.total(facts.duration)) : null].filter(Boolean).join(' · ');
  const rest = [set?.smart && t('profile.smart'), years].filter(Boolean).join(' · ');
  return (
    <Link to="/item" search={linkTo(facts.ratingKey ?? '')} className={classes.tile}>
      <Poster item={set?.playlistType === 'audio' ? { ...facts, kind: 'ALBUM' } : facts} className={classes.poster} />
      <b title={facts.title ?? ''}>{facts.title}</b>
      {more && <span className="numbers">{more}</span>}
      {rest && <span className="numbers">{rest}</span>}
    </Link>
  );
}
