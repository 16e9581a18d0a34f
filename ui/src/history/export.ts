import type { TFunction } from 'i18next';
import { csvLine, download } from './csv';
import { serviceSource, type Question, type Row } from './rows';

const PAGE = 500;

type Flat = Record<string, string | number | null>;

function flat({ play, ...row }: Row): Flat {
  const { item, player } = play ?? {};
  return {
    row_id: play?.rowId ?? null,
    group: row.groupRowId,
    plays: row.playCount,
    date: row.date,
    user: play?.user?.friendlyName ?? null,
    title: item?.fullTitle ?? null,
    kind: item?.kind ?? null,
    show: item?.grandparentTitle ?? null,
    season: item?.parentIndex ?? null,
    episode: item?.index ?? null,
    year: item?.year ?? null,
    library: play?.library?.name ?? null,
    player: player?.title ?? null,
    product: player?.product ?? null,
    platform: player?.platform ?? null,
    address: player?.address ?? null,
    location: player?.location ?? null,
    delivery: play?.decision ?? null,
    started: row.startedAt,
    stopped: row.stoppedAt,
    paused_s: Math.round(row.paused / 1000),
    played_s: Math.round(row.played / 1000),
    percent: row.percentComplete,
    watched_quarters: row.watchedQuarters,
  };
}

/** Walks through everything that the question finds and saves it. Tells how many lines; null when it was stopped. */
export async function exportHistory(question: Question, kind: 'csv' | 'json', t: TFunction, onCount: (count: number) => void, stop: AbortSignal): Promise<number | null> {
  const { walk } = serviceSource(false);
  const parts: string[] = [];
  let count = 0;
  let cursor: string | null = null;
  do {
    const block = await walk(question, cursor, PAGE);
    if (stop.aborted) return null;
    for (const row of block.rows) {
      const line = flat(row);
      if (kind === 'csv') {
        if (count === 0) parts.push('\uFEFF', csvLine(Object.keys(line)));
        parts.push(csvLine(Object.values(line)));
      } else {
        parts.push(count === 0 ? '[\n' : ',\n', JSON.stringify(line));
      }
      count += 1;
    }
    onCount(count);
    cursor = block.more ? block.cursor : null;
  } while (cursor);
  if (kind === 'json') parts.push(count === 0 ? '[]\n' : '\n]\n');
  const name = `${t('history.file')}-${new Date().toISOString().slice(0, 10)}`;
  download(`${name}.${kind}`, parts, kind === 'csv' ? 'text/csv;charset=utf-8' : 'application/json');
  return count;
}
