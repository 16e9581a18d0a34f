import { describe, expect, it } from 'vitest';
import { positionOf } from './position';
import { item, session, stream } from './sample';

const transcode = {
  speed: 2,
  throttled: false,
  progress: 20,
  maxOffsetAvailable: 900,
  minOffsetAvailable: 0,
  hwRequested: false,
  hwDecoding: false,
  hwEncoding: false,
  hwFullPipeline: false,
  hwDecodeTitle: null,
  hwEncodeTitle: null,
};

describe('positionOf', () => {
  it('moves on by itself while it plays', () => {
    expect(positionOf(session(), 1_030_000)).toMatchObject({
      at: 630_000,
      remaining: 5_370_000,
      endsAt: 6_400_000,
      share: 0.105,
    });
  });

  it.each(['PAUSED', 'BUFFERING', 'ERROR'] as const)('stands still and promises no end when %s', (state) => {
    expect(positionOf(session({ state }), 1_030_000)).toMatchObject({ at: 600_000, endsAt: null });
  });

  it('never passes the end, nor goes back when the clock does', () => {
    expect(positionOf(session(), 99_000_000).at).toBe(6_000_000);
    expect(positionOf(session(), 0).at).toBe(600_000);
  });

  it('knows what the transcoder has ready', () => {
    expect(positionOf(session({ stream: stream({ transcode }) }), 1_000_000).buffered).toBe(900_000);
    const far = stream({ transcode: { ...transcode, maxOffsetAvailable: 1e9 } });
    expect(positionOf(session({ stream: far }), 1_000_000).buffered).toBe(6_000_000);
  });

  it('measures a programme by its slot', () => {
    const airing = { channelTitle: null, channelCallSign: null, channelVcn: null, beginsAt: '1970-01-01T00:00:00Z', endsAt: '1970-01-01T01:00:00Z' };
    const told = session({ item: item({ live: true, airing }) });
    expect(positionOf(told, 900_000)).toMatchObject({ share: 0.25, endsAt: 3_600_000 });
  });

  it('has no scale without a length', () => {
    expect(positionOf(session({ item: item({ duration: null }) }), 1_000_000)).toMatchObject({ share: null, remaining: null });
  });
});
