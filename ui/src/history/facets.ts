import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { DELIVERIES, PLACES, TYPES, WATCHED, type Filter, type ListName } from './filter';
import { FacetsDocument, PlatformsDocument } from './facets.generated';

export type Option = { value: string; text: string; more?: string | undefined };
export type Facet = {
  name: ListName;
  title: string;
  options: readonly Option[];
  /** Whether values that are not listed may be written. */
  open?: boolean;
};

const plain = (values: Iterable<string>): Option[] => [...values].sort((a, b) => a.localeCompare(b)).map((value) => ({ value, text: value }));

/** Values that the lines at hand have, for parts of which nobody keeps a list. */
export type Seen = { players: Set<string>; products: Set<string>; addresses: Set<string> };
export const NONE_SEEN: Seen = { players: new Set(), products: new Set(), addresses: new Set() };

/** What can be looked for. Names are asked for once; platforms only when somebody opens their list. */
export function useFacets(seen: Seen, withPlatforms: boolean, isAdmin: boolean): Facet[] {
  const { t } = useTranslation();
  const { data } = useAnswer(FacetsDocument, {});
  const { data: counted } = useAnswer(PlatformsDocument, {}, !withPlatforms);
  return useMemo(() => {
    const users = (data?.users ?? []).map(({ id, friendlyName, username, isActive }) => ({
      value: id,
      text: friendlyName || username,
      more: isActive ? (friendlyName === username ? undefined : username) : t('facet.former'),
    }));
    const libraries = (data?.libraries ?? []).map(({ id, name, isActive }) => ({
      value: id,
      text: name,
      more: isActive ? undefined : t('facet.former'),
    }));
    const platforms = (counted?.statistics.platforms ?? []).flatMap(({ platform }) => (platform ? [platform] : []));
    const facets: Facet[] = [
      { name: 'user', title: t('facet.user'), options: [...users].sort((a, b) => a.text.localeCompare(b.text)) },
      { name: 'library', title: t('facet.library'), options: libraries },
      { name: 'type', title: t('facet.type'), options: TYPES.map((value) => ({ value, text: t(`facet.types.${value}`) })) },
      { name: 'way', title: t('facet.way'), options: DELIVERIES.map((value) => ({ value, text: t(`way.${value}`) })) },
      { name: 'platform', title: t('facet.platform'), options: plain(new Set(platforms)) },
      { name: 'player', title: t('facet.player'), options: plain(seen.players), open: true },
      { name: 'product', title: t('facet.product'), options: plain(seen.products), open: true },
      { name: 'place', title: t('facet.place'), options: PLACES.map((value) => ({ value, text: t(`card.${value}`) })) },
      { name: 'address', title: t('facet.address'), options: plain(seen.addresses), open: true },
      { name: 'watched', title: t('facet.watched'), options: WATCHED.map((value) => ({ value, text: t(`facet.states.${value}`) })) },
    ];
    // A guest sees one user alone.
    return isAdmin ? facets : facets.filter(({ name }) => name !== 'user' && name !== 'address');
  }, [data, counted, seen, isAdmin, t]);
}

export type Chip = { key: string; title: string; text: string; without: Filter };

const NAMED = ['item', 'show', 'season'] as const;

/** Everything that a filter says, each with the filter without it. */
export function chipsOf(filter: Filter, facets: readonly Facet[], span: string | null, item: string | null, words: Record<'q' | 'span' | 'item', string>): Chip[] {
  const chips: Chip[] = [];
  const without = (change: Partial<Filter>): Filter => ({ ...filter, ...change });
  if (filter.q) chips.push({ key: 'q', title: words.q, text: `“${filter.q}”`, without: without({ q: undefined }) });
  if (span) chips.push({ key: 'span', title: words.span, text: span, without: without({ days: undefined, from: undefined, to: undefined }) });
  for (const facet of facets) {
    const values: readonly string[] = filter[facet.name] ?? [];
    for (const value of values) {
      const text = facet.options.find((option) => option.value === value)?.text ?? (facet.name === 'user' || facet.name === 'library' ? '…' : value);
      const rest = values.filter((other) => other !== value);
      chips.push({
        key: `${facet.name}-${value}`,
        title: facet.title,
        text,
        without: without({ [facet.name]: rest.length > 0 ? rest : undefined }),
      });
    }
  }
  for (const name of NAMED) {
    if (filter[name]) chips.push({ key: name, title: words.item, text: item ?? '…', without: without({ [name]: undefined }) });
  }
  return chips;
}
