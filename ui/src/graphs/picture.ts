import type { GraphSeriesKind } from '../live/schema';
import { DASHES, type Look, type Shape } from './option';

/** What stands under the title of a saved graph: each line with its sum; `former` is the dashed line of the span before. */
export type Entry = { kind: GraphSeriesKind | 'former'; text: string; dashed?: boolean };

const SCALE = 2;
const EDGE = 20;
const ROW = 24;
const STRIPED: ReadonlySet<string> = new Set(['MOVIES', 'TRANSCODE']);
const DOTTED: ReadonlySet<string> = new Set(['MUSIC', 'DIRECT_STREAM']);

/** The same marks as in the graph, so that they can be told apart without colours too. */
function drawMark(pen: CanvasRenderingContext2D, { kind, dashed }: Entry, x: number, y: number, shape: Shape, look: Look): void {
  const tone = kind === 'former' ? look.ink : look.tone(kind);
  if (kind === 'former' || shape === 'steps' || shape === 'level') {
    const dash = kind === 'former' || dashed ? [6, 4] : shape === 'steps' && DASHES[kind];
    pen.strokeStyle = tone;
    pen.lineWidth = 2;
    pen.setLineDash(Array.isArray(dash) ? dash : dash ? [6, 4] : []);
    pen.beginPath();
    pen.moveTo(x, y + 6);
    pen.lineTo(x + 20, y + 6);
    pen.stroke();
    pen.setLineDash([]);
    return;
  }
  pen.save();
  pen.beginPath();
  pen.rect(x + 4, y, 12, 12);
  pen.clip();
  pen.fillStyle = tone;
  pen.fillRect(x, y, 20, 12);
  pen.strokeStyle = pen.fillStyle = 'rgba(255,255,255,0.35)';
  pen.lineWidth = 2;
  pen.beginPath();
  if (STRIPED.has(kind)) {
    for (let n = -12; n < 24; n += 6) {
      pen.moveTo(x + n, y + 12);
      pen.lineTo(x + n + 12, y);
    }
  } else if (kind === 'LIVE') {
    for (let n = 2; n < 12; n += 5) {
      pen.moveTo(x, y + n);
      pen.lineTo(x + 20, y + n);
    }
  }
  pen.stroke();
  if (DOTTED.has(kind)) {
    for (let n = 0; n < 4; n++) pen.fillRect(x + 6 + (n % 2) * 5, y + 2 + (n > 1 ? 5 : 0), 3, 3);
  }
  pen.restore();
}

export type Parts = { chart: HTMLCanvasElement; title: string; notes: readonly string[]; legend: readonly Entry[]; shape: Shape; look: Look; rtl: boolean };

/** A graph that explains itself where it is shown alone: what it is, of when, what the colours mean, and the graph. */
export function pictureOf({ chart, title, notes, legend, shape, look, rtl }: Parts): HTMLCanvasElement {
  const width = chart.width / SCALE + 2 * EDGE;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) return chart;
  const font = (size: number, weight = 400) => `${weight} ${size}px ${look.font}`;
  // Where each entry stands has to be known before the height is.
  pen.font = font(13);
  const places: { entry: Entry; x: number; row: number }[] = [];
  let [x, row] = [EDGE, 0];
  for (const entry of legend) {
    const length = 28 + pen.measureText(entry.text).width + 18;
    if (x > EDGE && x + length > width) [x, row] = [EDGE, row + 1];
    places.push({ entry, x, row });
    x += length;
  }
  const top = EDGE + 24 + notes.length * 20;
  const ground = top + (legend.length > 0 ? (row + 1) * ROW : 0) + 8;
  canvas.width = width * SCALE;
  canvas.height = (ground + chart.height / SCALE + EDGE) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = look.ground;
  pen.fillRect(0, 0, width, canvas.height);
  pen.textBaseline = 'top';
  pen.direction = rtl ? 'rtl' : 'ltr';
  pen.textAlign = 'start';
  const begin = rtl ? width - EDGE : EDGE;
  pen.fillStyle = look.ink;
  pen.font = font(17, 650);
  pen.fillText(title, begin, EDGE);
  pen.fillStyle = look.quiet;
  pen.font = font(12);
  notes.forEach((note, n) => pen.fillText(note, begin, EDGE + 26 + n * 20));
  for (const { entry, x: from, row: line } of places) {
    const y = top + line * ROW;
    drawMark(pen, entry, rtl ? width - from - 20 : from, y, shape, look);
    pen.fillStyle = look.ink;
    pen.font = font(13);
    pen.fillText(entry.text, rtl ? width - from - 28 : from + 28, y - 1);
  }
  pen.drawImage(chart, EDGE, ground, chart.width / SCALE, chart.height / SCALE);
  return canvas;
}
