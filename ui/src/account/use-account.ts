import { useStore } from '../live/store';
import { access, type Server, type Viewer } from './access';

const NOBODY: Viewer = { name: '', role: 'GUEST', timeZone: 'UTC' };
const NONE: readonly Server[] = [];

export function useViewer(): Viewer {
  return useStore(access, (now) => (now.phase === 'in' ? now.viewer : NOBODY));
}

export function useServers(): readonly Server[] {
  return useStore(access, (now) => (now.phase === 'in' ? now.servers : NONE));
}

export function useIsAdmin(): boolean {
  return useViewer().role === 'ADMIN';
}
