import type { LiveSession } from './live';

type Version = LiveSession['stream']['source'];

/** Parts of a session for tests: a movie played as it is, changed where a test says so. */
export function version(change: Partial<Version> = {}): Version {
  return {
    bitrate: 24_300,
    container: 'mkv',
    protocol: null,
    fullResolution: '4k',
    videoResolution: '4k',
    height: 2160,
    optimized: false,
    videoCodec: 'hevc',
    audioCodec: 'truehd',
    audioChannels: 8,
    video: { codec: 'hevc', bitrate: 20_000, bitDepth: 10, height: 2160, dynamicRange: 'HDR10' },
    audio: { codec: 'truehd', bitrate: 4000, channels: 8, channelLayout: '7.1', language: 'English', profile: null },
    subtitle: null,
    ...change,
  };
}

export function stream(change: Partial<LiveSession['stream']> = {}): LiveSession['stream'] {
  return {
    decision: 'DIRECT_PLAY',
    videoDecision: 'DIRECT_PLAY',
    audioDecision: 'DIRECT_PLAY',
    subtitleDecision: null,
    containerDecision: 'DIRECT_PLAY',
    qualityProfile: 'Original',
    optimizedProfile: null,
    syncedProfile: null,
    source: version(),
    delivered: version(),
    transcode: null,
    ...change,
  };
}

export function item(change: Partial<LiveSession['item']> = {}): LiveSession['item'] {
  return {
    kind: 'MOVIE',
    title: 'Copper Valparaiso',
    posterUrl: null,
    artUrl: null,
    parentTitle: null,
    grandparentTitle: null,
    originalTitle: null,
    fullTitle: 'Copper Valparaiso',
    editionTitle: null,
    index: null,
    parentIndex: null,
    year: 1997,
    originallyAvailableAt: null,
    duration: 6_000_000,
    live: false,
    subtype: null,
    contentRating: null,
    libraryName: 'Movies',
    airing: null,
    markers: [],
    ...change,
  };
}

export function session(change: Partial<LiveSession> = {}): LiveSession {
  return {
    id: 'one',
    masked: false,
    state: 'PLAYING',
    startedAt: '2026-01-01T20:00:00Z',
    seenAt: '2026-01-01T20:10:00Z',
    viewOffset: 600_000,
    paused: 0,
    bufferCount: 0,
    marker: null,
    userName: 'ann',
    user: { id: 'user', friendlyName: 'Ann', avatarUrl: null },
    item: item(),
    player: {
      title: 'Living room',
      product: 'Plex for LG',
      platform: 'webOS',
      device: 'LG TV',
      address: '192.168.1.20',
      publicAddress: null,
      location: 'LAN',
      local: true,
      relayed: false,
      secure: true,
      bandwidth: 12_000,
    },
    stream: stream(),
    server: { id: 'server' },
    heardAt: 1_000_000,
    pausedSince: null,
    ...change,
  };
}
