import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import profile from '../profile/profile.module.css';
import type { ItemFactsFragment } from './item.generated';
import classes from './item.module.css';
import type { ItemSearch, Level } from './subject';
import { useServers } from '../account/use-account';

type Props = { facts: ItemFactsFragment; above: string | null; level: Level | null; library: { id: string; name: string } | null; server: string | undefined };

/** The way upwards: library, show or artist, season or album. */
export function Breadcrumb({ facts, above, level, library, server }: Props) {
  const { t } = useTranslation();
  const several = useServers().length > 1;
  const at = (search: ItemSearch): ItemSearch => (several && server ? { ...search, server } : search);
  const steps: { key: string; search: ItemSearch; text: string }[] = [];
  const isLeaf = facts.kind === 'EPISODE' || facts.kind === 'TRACK';
  if (isLeaf && !level?.show) {
    if (facts.grandparentRatingKey && facts.grandparentTitle) steps.push({ key: 'show', search: at({ show: facts.grandparentRatingKey }), text: facts.grandparentTitle });
    if (level?.guid && facts.parentRatingKey && facts.parentTitle) steps.push({ key: 'season', search: at({ season: facts.parentRatingKey }), text: facts.parentTitle });
  } else if ((facts.kind === 'SEASON' || facts.kind === 'ALBUM') && facts.parentRatingKey) {
    const text = facts.parentTitle ?? above;
    if (text) steps.push({ key: 'show', search: at({ show: facts.parentRatingKey }), text });
  }
  if (!library && steps.length === 0) return null;
  return (
    <nav aria-label={t('item.way')} className={profile.quiet}>
      <ol className={classes.way}>
        {library && (
          <li>
            <Link to="/libraries/$id" params={{ id: library.id }}>
              {library.name}
            </Link>
          </li>
        )}
        {steps.map(({ key, search, text }) => (
          <li key={key}>
            <Link to="/item" search={search}>
              {text}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
