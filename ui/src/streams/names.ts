/** How people write what Plex writes in small letters. */
const CODECS: Record<string, string> = {
  h264: 'H.264',
  hevc: 'HEVC',
  h265: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  vp8: 'VP8',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  msmpeg4v3: 'DivX',
  vc1: 'VC-1',
  wmv3: 'WMV',
  aac: 'AAC',
  ac3: 'AC3',
  eac3: 'EAC3',
  dca: 'DTS',
  dts: 'DTS',
  'dca-ma': 'DTS-HD MA',
  truehd: 'TrueHD',
  flac: 'FLAC',
  alac: 'ALAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  pcm: 'PCM',
  wmav2: 'WMA',
  srt: 'SRT',
  ass: 'ASS',
  ssa: 'SSA',
  pgs: 'PGS',
  vobsub: 'VobSub',
  dvd_subtitle: 'VobSub',
  mov_text: 'MOV text',
  webvtt: 'WebVTT',
  eia_608: 'CC',
};

const CONTAINERS: Record<string, string> = { mpegts: 'MPEG-TS', webm: 'WebM', matroska: 'MKV', mov: 'MOV' };

export function codecName(codec: string | null | undefined): string | null {
  if (!codec) return null;
  return CODECS[codec.toLowerCase()] ?? codec.toUpperCase();
}

export function containerName(container: string | null | undefined): string | null {
  if (!container) return null;
  return CONTAINERS[container.toLowerCase()] ?? container.toUpperCase();
}

export function resolutionName(resolution: string | null | undefined): string | null {
  if (!resolution) return null;
  if (/^(\d+k|sd)$/i.test(resolution)) return resolution.toUpperCase();
  // Plex tells of lines alone in some places.
  return /^\d{3,4}$/.test(resolution) ? `${resolution}p` : resolution;
}

/** 6 with a layout of 5.1(side) is 5.1. */
export function channelsName(channels: number | null | undefined, layout: string | null | undefined): string | null {
  const told = layout?.replace(/\(.*\)$/, '');
  if (told && /^\d+(\.\d+)*$/.test(told)) return told;
  switch (channels) {
    case null:
    case undefined:
    case 0:
      return null;
    case 1:
      return 'mono';
    case 2:
      return 'stereo';
    case 6:
      return '5.1';
    case 7:
      return '6.1';
    case 8:
      return '7.1';
    default:
      return `${channels}ch`;
  }
}
