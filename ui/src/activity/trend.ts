/** A moment: how many streams, kbit/s. */
export type Sample = { at: number; streams: number; bandwidth: number };
export type Trend = { since: number; samples: readonly Sample[] };

const MOST = 240;

/** Remembers a sample. Equal ones in a row are one step; when there are too many, every other old one goes. */
export function record(trend: Trend, sample: Sample): Trend {
  const last = trend.samples.at(-1);
  if (last && last.streams === sample.streams && last.bandwidth === sample.bandwidth) return trend;
  const since = last ? trend.since : sample.at;
  const samples = [...trend.samples, sample];
  if (samples.length <= MOST) return { since, samples };
  const half = samples.length / 2;
  return { since, samples: samples.filter((_, n) => n >= half || n % 2 === 0) };
}

export type Line = { stroke: string; area: string; most: number };

/** The steps as an SVG path in a box of `width` x `height`; the newest sample lasts until `now`. */
export function draw(trend: Trend, now: number, width: number, height: number): Line {
  const most = Math.max(1, ...trend.samples.map(({ bandwidth }) => bandwidth));
  const length = Math.max(1, now - trend.since);
  const x = (at: number) => round((Math.max(0, at - trend.since) / length) * width);
  // A quarter of headroom: a line along the upper edge reads as a box.
  const y = (bandwidth: number) => round(height - 1 - (bandwidth / most) * 0.75 * (height - 2));
  const first = trend.samples[0];
  if (!first) return { stroke: `M0 ${height - 1}H${width}`, area: '', most: 0 };
  let stroke = `M${x(first.at)} ${y(first.bandwidth)}`;
  for (const { at, bandwidth } of trend.samples.slice(1)) stroke += `H${x(at)}V${y(bandwidth)}`;
  stroke += `H${width}`;
  return { stroke, area: `${stroke}V${height}H${x(first.at)}Z`, most };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
