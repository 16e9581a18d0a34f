import { client, codeOf } from '../live/client';
import type { HistoryFilter, HistoryOrder } from '../live/schema';
import { HistoryJumpDocument, HistoryMembersDocument, HistoryPageDocument, type HistoryRowFragment } from './history.generated';

export type Row = HistoryRowFragment;

export type Question = { filter: HistoryFilter; grouped: boolean; orderBy: HistoryOrder; descending: boolean };

export type Block = { rows: readonly Row[]; cursor: string | null; more: boolean };

/** How blocks come from the service. A jump is for administrators alone; others walk. */
export type Source = {
  walk: (question: Question, after: string | null, size: number) => Promise<Block>;
  jump: ((question: Question, offset: number, size: number) => Promise<Block>) | null;
};

export const SIZE = 100;

/**
 * The lines of one question, in blocks that come as they are looked at. A block that follows one that is here is
 * walked to by cursor, which costs the same at any depth; any other is jumped to.
 */
export class Rows {
  private readonly blocks = new Map<number, Block>();
  private readonly asked = new Map<number, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private version = 0;
  /** The code of a failure, until it is tried again. */
  failure: string | undefined;

  constructor(
    readonly question: Question,
    private readonly source: Source,
  ) {}

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly stamp = (): number => this.version;

  /** Whether the beginning is here. */
  get ready(): boolean {
    return this.blocks.has(0);
  }

  /** How many lines there are, as far as the blocks that are here tell. */
  get known(): { least: number; exact: boolean } {
    let least = 0;
    for (const [n, { rows, more }] of this.blocks) {
      const end = n * SIZE + rows.length;
      if (!more && (rows.length > 0 || n === 0)) return { least: end, exact: true };
      least = Math.max(least, end);
    }
    return { least, exact: false };
  }

  at(index: number): Row | undefined {
    return this.blocks.get(Math.floor(index / SIZE))?.rows[index % SIZE];
  }

  /** Everything that is here. */
  *loaded(): Iterable<Row> {
    for (const block of this.blocks.values()) yield* block.rows;
  }

  /** Fetches what is missing of these lines; the last one is not included. */
  need(from: number, to: number): void {
    if (this.failure) return;
    const last = Math.floor(Math.max(from, to - 1) / SIZE);
    for (let n = Math.floor(from / SIZE); n <= last; n++) void this.fetch(n);
  }

  /** Tries again what failed. */
  retry(): void {
    this.failure = undefined;
    this.tell();
  }

  private fetch(n: number): Promise<void> {
    if (this.blocks.has(n)) return Promise.resolve();
    const running = this.asked.get(n);
    if (running) return running;
    const asking = this.ask(n)
      .then((block) => void this.blocks.set(n, block))
      .catch((failure: unknown) => {
        this.failure = failure instanceof Refused ? failure.code : 'INTERNAL';
      })
      .finally(() => {
        this.asked.delete(n);
        this.tell();
      });
    this.asked.set(n, asking);
    return asking;
  }

  private async ask(n: number): Promise<Block> {
    if (n === 0) return this.source.walk(this.question, null, SIZE);
    // The block before may be on its way: waiting for it is cheaper than jumping.
    if (this.asked.has(n - 1)) await this.asked.get(n - 1);
    const before = this.blocks.get(n - 1);
    if (before?.cursor) return this.source.walk(this.question, before.cursor, SIZE);
    if (before && !before.more) return { rows: [], cursor: null, more: false };
    if (this.source.jump) return this.source.jump(this.question, n * SIZE, SIZE);
    await this.fetch(n - 1);
    const walked = this.blocks.get(n - 1);
    if (!walked) throw new Refused(this.failure ?? 'INTERNAL');
    return walked.cursor && walked.more ? this.source.walk(this.question, walked.cursor, SIZE) : { rows: [], cursor: null, more: false };
  }

  private tell(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

/** The service said no, or nothing. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const fresh = { requestPolicy: 'network-only' } as const;

async function walk(question: Question, after: string | null, first: number): Promise<Block> {
  const { data, error } = await client.query(HistoryPageDocument, { ...question, first, after }, fresh).toPromise();
  if (!data) throw new Refused(codeOf(error) ?? 'INTERNAL');
  const { nodes, pageInfo } = data.history;
  return { rows: nodes, cursor: pageInfo.endCursor ?? null, more: pageInfo.hasNextPage };
}

async function jump(question: Question, offset: number, limit: number): Promise<Block> {
  const { filter, grouped, orderBy, descending } = question;
  const asked = { filter, grouped, orderBy: [orderBy], descending: [descending], offset, limit };
  const { data, error } = await client.query(HistoryJumpDocument, asked, fresh).toPromise();
  if (!data) throw new Refused(codeOf(error) ?? 'INTERNAL');
  const { rows } = data.historyTable;
  return { rows, cursor: null, more: rows.length === limit };
}

export function serviceSource(isAdmin: boolean): Source {
  return { walk, jump: isAdmin ? jump : null };
}

/** The plays of a line, newest first. */
export async function membersOf(group: number): Promise<readonly Row[]> {
  const { data, error } = await client.query(HistoryMembersDocument, { group }, fresh).toPromise();
  if (!data) throw new Refused(codeOf(error) ?? 'INTERNAL');
  return data.history.nodes;
}
