import { describe, expect, it } from 'vitest';
import type { LiveSession } from './live';
import { reasonsOf } from './reason';
import { item, stream, version } from './sample';

const why = (change: Partial<LiveSession['stream']>, kind: LiveSession['item']['kind'] = 'MOVIE') =>
  reasonsOf({ stream: stream({ decision: 'TRANSCODE', ...change }), item: item({ kind }) });

const hd = (change: object = {}) =>
  version({
    bitrate: 10_000,
    height: 1080,
    fullResolution: '1080p',
    video: { codec: 'h264', bitrate: 9000, bitDepth: 8, height: 1080, dynamicRange: 'SDR' },
    audio: { codec: 'ac3', bitrate: 640, channels: 6, channelLayout: '5.1(side)', language: null, profile: null },
    ...change,
  });

const subtitle = { codec: 'pgs', language: 'English', forced: false, location: null };

describe('reasonsOf', () => {
  it('has none for direct play', () => {
    expect(reasonsOf({ stream: stream(), item: item() })).toEqual([]);
  });

  it('names the limit of the quality, not the codec that it changes by the way', () => {
    const reasons = why({
      videoDecision: 'TRANSCODE',
      qualityProfile: '4 Mbps 720p',
      delivered: hd({ bitrate: 4000, height: 720, fullResolution: '720p' }),
    });
    expect(reasons).toEqual([
      { code: 'quality', profile: '4 Mbps 720p', rate: 24_300, resolution: '4K' },
      { code: 'range', from: 'HDR10', to: 'SDR' },
    ]);
  });

  it('blames the codec only when nothing else is given', () => {
    const source = hd({ video: { codec: 'hevc', bitrate: 9000, bitDepth: 10, height: 1080, dynamicRange: 'SDR' } });
    expect(why({ videoDecision: 'TRANSCODE', source, delivered: hd() })).toEqual([
      { code: 'videoCodec', from: 'HEVC', to: 'H.264' },
    ]);
  });

  it('puts burned subtitles first', () => {
    const source = hd({ subtitle });
    const reasons = why({ videoDecision: 'TRANSCODE', subtitleDecision: 'BURN', source, delivered: hd() });
    expect(reasons[0]).toEqual({ code: 'burned', codec: 'PGS' });
  });

  it('does not take a rate within a tenth for a limit', () => {
    expect(why({ videoDecision: 'TRANSCODE', source: hd(), delivered: hd({ bitrate: 9200 }) })).toEqual([]);
    expect(why({ videoDecision: 'TRANSCODE', source: hd(), delivered: hd({ bitrate: 5000 }) })).toEqual([
      { code: 'bitrate', from: 10_000, to: 5000 },
    ]);
  });

  it('tells sound by codec, then by channels', () => {
    const sound = (codec: string, channels: number) =>
      hd({ audio: { codec, bitrate: 640, channels, channelLayout: null, language: null, profile: null } });
    const only = { decision: 'TRANSCODE', videoDecision: 'COPY', audioDecision: 'TRANSCODE', source: hd() } as const;
    expect(why({ ...only, delivered: sound('aac', 2) })).toEqual([{ code: 'audioCodec', from: 'AC3', to: 'AAC' }]);
    expect(why({ ...only, delivered: sound('ac3', 2) })).toEqual([{ code: 'channels', from: '5.1', to: 'stereo' }]);
  });

  it('calls the container the cause of a direct stream', () => {
    const reasons = why({ decision: 'COPY', videoDecision: 'COPY', audioDecision: 'COPY', source: hd(), delivered: hd({ container: 'mp4' }) });
    expect(reasons).toEqual([{ code: 'container', from: 'MKV', to: 'MP4' }]);
  });

  it('tells converted subtitles', () => {
    const delivered = hd({ subtitle: { ...subtitle, codec: 'ass' } });
    expect(why({ decision: 'COPY', subtitleDecision: 'TRANSCODE', source: hd({ subtitle }), delivered })).toEqual([
      { code: 'subtitle', from: 'PGS', to: 'ASS' },
    ]);
  });

  it('limits music by its profile', () => {
    const source = version({ bitrate: 900, video: null, audio: null, audioCodec: 'flac' });
    const delivered = version({ bitrate: 192, video: null, audio: null, audioCodec: 'mp3' });
    const reasons = why({ videoDecision: null, audioDecision: 'TRANSCODE', qualityProfile: '192 kbps', source, delivered }, 'TRACK');
    expect(reasons).toEqual([{ code: 'quality', profile: '192 kbps', rate: 900, resolution: null }]);
  });

  it('says nothing rather than something wrong', () => {
    expect(why({ videoDecision: 'TRANSCODE', source: hd(), delivered: hd() })).toEqual([]);
  });
});
