import type { TitledItemFragment } from './live-session.generated';

type Item = Omit<TitledItemFragment, 'libraryName' | 'live' | 'airing'>;

/** Lines of a title; what is absent is not shown. `number` is season and episode. */
export type Title = {
  first: string;
  number: { season: number | null; episode: number | null } | null;
  second: string | null;
  third: string | null;
  year: string | null;
};

const said = (text: string | null | undefined) => text || null;

function ofEpisode(item: Item): Title {
  const { parentIndex, index, grandparentTitle, title } = item;
  // Guides without numbers count seasons in years and episodes from nothing; a day says more.
  const dated = index === null || index === undefined || index === 0 || (parentIndex ?? 0) > 1900;
  const second = title === grandparentTitle ? null : said(title);
  const day = dated ? said(item.originallyAvailableAt) : null;
  return {
    first: grandparentTitle || item.fullTitle,
    number: dated ? null : { season: parentIndex ?? null, episode: index ?? null },
    second: second ?? day,
    third: second === day ? null : day && second ? day : null,
    year: dated ? null : yearOf(item),
  };
}

function ofTrack(item: Item): Title {
  return {
    first: item.title || item.fullTitle,
    number: null,
    // A compilation's track names its own artist as the original title.
    second: said(item.originalTitle) ?? said(item.grandparentTitle),
    third: said(item.parentTitle),
    year: yearOf(item),
  };
}

function yearOf(item: Item): string | null {
  return item.year ? String(item.year) : null;
}

export function titleOf(item: Item): Title {
  switch (item.kind) {
    case 'EPISODE':
      return ofEpisode(item);
    case 'TRACK':
      return ofTrack(item);
    default:
      return {
        first: item.title || item.fullTitle,
        number: null,
        second: said(item.editionTitle) ?? (item.kind === 'PHOTO' ? said(item.parentTitle) : null),
        third: null,
        year: yearOf(item),
      };
  }
}
