import { describe, expect, it } from 'vitest';
import { item, session, stream, version } from './sample';
import { tracksOf } from './tracks';

describe('tracksOf', () => {
  it('shows a played file without arrows', () => {
    expect(tracksOf(session())).toEqual([
      { part: 'video', decision: 'DIRECT_PLAY', from: 'HEVC 4K HDR10', to: null, hardware: null },
      { part: 'audio', decision: 'DIRECT_PLAY', from: 'English TrueHD 7.1', to: null, hardware: null },
      { part: 'container', decision: 'DIRECT_PLAY', from: 'MKV', to: null, hardware: null },
    ]);
  });

  it('shows what becomes of each, with the range on both sides where it changes', () => {
    const delivered = version({
      container: 'mp4',
      protocol: 'dash',
      fullResolution: '1080p',
      video: { codec: 'h264', bitrate: 8000, bitDepth: null, height: 1080, dynamicRange: 'SDR' },
      audio: { codec: 'aac', bitrate: 256, channels: 2, channelLayout: null, language: null, profile: null },
    });
    const told = stream({
      decision: 'TRANSCODE',
      videoDecision: 'TRANSCODE',
      audioDecision: 'TRANSCODE',
      containerDecision: 'TRANSCODE',
      delivered,
    });
    expect(tracksOf(session({ stream: told })).map(({ from, to }) => [from, to])).toEqual([
      ['HEVC 4K HDR10', 'H.264 1080p SDR'],
      ['English TrueHD 7.1', 'AAC stereo'],
      ['MKV', 'MP4 (DASH)'],
    ]);
  });

  it('lists the chosen subtitle', () => {
    const source = version({ subtitle: { codec: 'pgs', language: 'German', forced: true, location: null } });
    const told = stream({ decision: 'TRANSCODE', subtitleDecision: 'BURN', source, delivered: source });
    expect(tracksOf(session({ stream: told })).find(({ part }) => part === 'subtitle')).toEqual({
      part: 'subtitle',
      decision: 'BURN',
      from: 'German PGS',
      to: null,
      hardware: null,
    });
  });

  it('has no picture for music, even where Plex decides about one', () => {
    const parts = tracksOf(session({ item: item({ kind: 'TRACK' }) })).map(({ part }) => part);
    expect(parts).toEqual(['audio', 'container']);
  });
});
