import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { connection, follow } from '../live/socket';
import { PlayRecordedDocument } from './history.generated';
import { membersOf, Rows, serviceSource, type Question, type Row } from './rows';

export type OpenedGroups = ReadonlyMap<number, { index: number; plays: readonly Row[] | null }>;
const NONE: OpenedGroups = new Map();

/** The lines of a question. Those of the question before stay until the first new ones are here. */
export function useRows(question: Question, isAdmin: boolean) {
  const key = JSON.stringify(question);
  const [round, setRound] = useState(0);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says all that the question says
  const fresh = useMemo(() => new Rows(question, serviceSource(isAdmin)), [key, round, isAdmin]);
  useSyncExternalStore(fresh.listen, fresh.stamp);
  const [before, setBefore] = useState(fresh);
  const [opened, setOpened] = useState<OpenedGroups>(NONE);
  useEffect(() => fresh.need(0, 1), [fresh]);
  const settled = fresh.ready || !!fresh.failure;
  if (settled && before !== fresh) {
    setBefore(fresh);
    setOpened(NONE);
  }
  const shown = settled ? fresh : before;
  const reload = useCallback(() => setRound((now) => now + 1), []);

  const toggle = useCallback(
    (row: Row, index: number) => {
      const group = row.groupRowId;
      if (opened.has(group)) {
        setOpened((now) => new Map([...now].filter(([id]) => id !== group)));
        return;
      }
      const put = (plays: readonly Row[] | null) => setOpened((now) => new Map(now).set(group, { index, plays }));
      put(null);
      membersOf(group).then(put, () => setOpened((now) => new Map([...now].filter(([id]) => id !== group))));
    },
    [opened],
  );
  // What is only asked for again, for there is something new, is not faint meanwhile.
  const stale = shown !== fresh && JSON.stringify(shown.question) !== key;
  return { rows: shown, stale, opened, toggle, reload };
}

/** How many plays have come into the history since `mark` changed; also tells when the line is back after a loss. */
export function useArrivals(mark: unknown, onBack: () => void): number {
  const [arrived, setArrived] = useState({ mark, count: 0 });
  useEffect(() => follow(PlayRecordedDocument, {}, () => setArrived((now) => ({ ...now, count: now.count + 1 }))), []);
  if (arrived.mark !== mark) setArrived({ mark, count: 0 });
  const back = useRef(onBack);
  useEffect(() => {
    back.current = onBack;
  });
  useEffect(() => {
    let lost = false;
    return connection.listen(() => {
      const { state } = connection.get();
      if (state === 'lost') lost = true;
      if (state !== 'open' || !lost) return;
      lost = false;
      back.current();
    });
  }, []);
  return arrived.mark === mark ? arrived.count : 0;
}
