import { useCallback } from 'react';
import { useServers } from '../account/use-account';
import type { ItemSearch } from './subject';

/** The address of an item's page by Plex's key; a server is named where there are several. */
export function useItemLink(server: string | undefined): (key: string) => ItemSearch {
  const several = useServers().length > 1;
  return useCallback((key) => (several && server ? { key, server } : { key }), [several, server]);
}
