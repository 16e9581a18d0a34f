import type { MediaKind } from '../live/schema';

/** Plex's number of what is no library but a tuner. */
export const LIVE_TV = 999_999;

type Known = { sectionId: number; isActive: boolean; kind: MediaKind };

/** Whether the server can be asked what is in it. */
export function hasContent({ sectionId, isActive }: Known): boolean {
  return isActive && sectionId !== LIVE_TV;
}

/** The parts of its page, by name. */
export const PARTS = ['overview', 'content', 'collections', 'playlists'] as const;
export type Part = (typeof PARTS)[number];

export function partsOf(library: Known, isAdmin: boolean): Part[] {
  const isPhotos = library.kind === 'PHOTO' || library.kind === 'PHOTO_ALBUM';
  return PARTS.filter((part) => {
    if (part === 'overview') return true;
    if (!hasContent(library)) return false;
    if (part === 'collections') return !isPhotos;
    return part === 'playlists' ? isAdmin : true;
  });
}

/** What playlists hold that are made of such libraries' items. */
export function playlistTypeOf(kind: MediaKind): string {
  if (kind === 'ARTIST') return 'audio';
  return kind === 'PHOTO' || kind === 'PHOTO_ALBUM' ? 'photo' : 'video';
}
