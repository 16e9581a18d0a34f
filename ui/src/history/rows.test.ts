import { describe, expect, it } from 'vitest';
import { Refused, Rows, SIZE, type Block, type Question, type Row, type Source } from './rows';

const QUESTION: Question = { filter: {}, grouped: true, orderBy: 'DATE', descending: true };

function house(total: number, withJump = true) {
  const calls: string[] = [];
  const block = (from: number, size: number): Block => {
    const count = Math.max(0, Math.min(size, total - from));
    const rows = Array.from({ length: count }, (_, n) => ({ groupRowId: from + n }) as Row);
    return { rows, cursor: String(from + count), more: from + count < total };
  };
  const source: Source = {
    walk: async (_question, after, size) => {
      calls.push(`walk ${after ?? 0}`);
      return block(Number(after ?? 0), size);
    },
    jump: withJump
      ? async (_question, offset, size) => {
          calls.push(`jump ${offset}`);
          return { ...block(offset, size), cursor: null };
        }
      : null,
  };
  return { calls, source };
}

async function settled(rows: Rows, index: number): Promise<void> {
  for (let n = 0; n < 50 && !rows.at(index) && !rows.failure; n++) await Promise.resolve().then(() => undefined);
  await new Promise((done) => setTimeout(done));
}

describe('the lines of a question', () => {
  it('are walked to while one scrolls', async () => {
    const { calls, source } = house(250);
    const rows = new Rows(QUESTION, source);
    rows.need(0, 120);
    await settled(rows, 110);
    expect([rows.at(0)?.groupRowId, rows.at(199)?.groupRowId]).toEqual([0, 199]);
    expect(calls).toEqual(['walk 0', `walk ${SIZE}`]);
    expect(rows.known).toEqual({ least: 200, exact: false });
    rows.need(200, 250);
    await settled(rows, 249);
    expect(rows.known).toEqual({ least: 250, exact: true });
  });

  it('are jumped to from afar, and asked for once', async () => {
    const { calls, source } = house(100_000);
    const rows = new Rows(QUESTION, source);
    rows.need(50_010, 50_030);
    rows.need(50_011, 50_031);
    await settled(rows, 50_010);
    expect(rows.at(50_015)?.groupRowId).toBe(50_015);
    expect(calls).toEqual(['jump 50000']);
  });

  it('are walked to all the way by whoever may not jump', async () => {
    const { calls, source } = house(1000, false);
    const rows = new Rows(QUESTION, source);
    rows.need(320, 330);
    await settled(rows, 325);
    expect(rows.at(325)?.groupRowId).toBe(325);
    expect(calls).toEqual(['walk 0', 'walk 100', 'walk 200', 'walk 300']);
  });

  it('say why they do not come, and come when it is tried again', async () => {
    const { source } = house(10);
    let down = true;
    const rows = new Rows(QUESTION, { ...source, walk: (...asked) => (down ? Promise.reject(new Refused('UNREACHABLE')) : source.walk(...asked)) });
    rows.need(0, 10);
    await settled(rows, 0);
    expect([rows.failure, rows.ready]).toEqual(['UNREACHABLE', false]);
    down = false;
    rows.need(0, 10);
    expect(rows.ready).toBe(false);
    rows.retry();
    rows.need(0, 10);
    await settled(rows, 0);
    expect([rows.failure, rows.known]).toEqual([undefined, { least: 10, exact: true }]);
  });
});
