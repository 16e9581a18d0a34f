import { follow } from '../live/socket';
import { ImportProgressDocument, type ImportStateFragment } from './import.generated';

type Tell = (state: ImportStateFragment) => void;

/** Hears how an import or a preview stands, up to its end, or until that is not wanted any more. */
export function followImport(id: string, tell: Tell): () => void {
  const leave = follow(ImportProgressDocument, { id }, ({ importProgress }) => {
    tell(importProgress);
    // Nothing more is told of it; a subscription that the service ends would look like a lost line.
    if (importProgress.state !== 'RUNNING') leave();
  });
  return leave;
}

/** How it ended; `tell` hears of everything on the way. */
export function ended(state: ImportStateFragment, tell: Tell): Promise<ImportStateFragment> {
  tell(state);
  const { id } = state;
  if (state.state !== 'RUNNING' || !id) return Promise.resolve(state);
  return new Promise((resolve) => {
    followImport(id, (told) => {
      tell(told);
      if (told.state !== 'RUNNING') resolve(told);
    });
  });
}
