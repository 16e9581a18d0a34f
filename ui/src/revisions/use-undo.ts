import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client, codeOf } from '../live/client';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { UndoRevisionDocument } from './undo.generated';

/** Taking an edit back. `offer` tells that it was done, with a way back. */
export function useUndo(onUndone: () => void) {
  const { t } = useTranslation();
  const explain = useProblem();
  const undo = useCallback(
    async (id: string): Promise<boolean> => {
      const { data, error } = await client.mutation(UndoRevisionDocument, { id }).toPromise();
      const problem = data ? data.undoRevision.problem?.message : explain(codeOf(error));
      if (problem) {
        notify(problem, 'bad');
        return false;
      }
      notify(t('revisions.undone'));
      onUndone();
      return true;
    },
    [onUndone, explain, t],
  );
  const offer = useCallback((text: string, id: string) => notify(text, 'plain', { label: t('revisions.undo'), run: () => void undo(id) }), [undo, t]);
  return { undo, offer };
}
