export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * Implement the DateTime<Utc> scalar
   *
   * The input/output is a string in RFC3339 format.
   */
  DateTime: { input: string; output: string; }
  /** A length of time in whole milliseconds, as a number. May exceed 32 bits. */
  Duration: { input: number; output: number; }
  /** A scalar that can represent any JSON value. */
  JSON: { input: any; output: any; }
  /** A whole number that may exceed 32 bits, as a number. */
  Long: { input: number; output: number; }
  /**
   * ISO 8601 calendar date without timezone.
   * Format: %Y-%m-%d
   *
   * # Examples
   *
   * * `1994-11-13`
   * * `2000-02-24`
   */
  NaiveDate: { input: any; output: any; }
};

/** A media server to watch. */
export type AddServer = {
  /** In place of a token: where a search has found the server. */
  found?: InputMaybe<FoundServer>;
  /** The name to show; the server's own if it is absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A Plex token of the server's owner. It is kept and never shown again. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** Its address, such as http://192.168.1.10:32400. */
  url: Scalars['String']['input'];
  /** Whether its certificate is checked. */
  verifyTls?: Scalars['Boolean']['input'];
};

/** What the server does to a stream. */
export type Decision =
  /** A subtitle drawn into the picture. */
  | 'BURN'
  /** Another container around the same streams; users call it direct stream. */
  | 'COPY'
  /** The file as it is. */
  | 'DIRECT_PLAY'
  /** Converted. */
  | 'TRANSCODE';

/** A server that a search at plex.tv has found. */
export type FoundServer = {
  /** Plex's identifier of the machine. */
  machineId: Scalars['String']['input'];
  /** The search's ticket. */
  ticket: Scalars['String']['input'];
};

/** How a graph cuts time up. A play belongs to where it began. */
export type GraphBucket =
  /** Days of the configured time zone. */
  | 'DAY'
  /** Days of the week, over all weeks. */
  | 'DAY_OF_WEEK'
  /** Hours of the day, over all days. */
  | 'HOUR_OF_DAY'
  /** Months. */
  | 'MONTH'
  /** Weeks; settings say on which day they begin. */
  | 'WEEK';

/** What a line of a graph counts. */
export type GraphSeriesKind =
  | 'DIRECT_PLAY'
  | 'DIRECT_STREAM'
  | 'LIVE'
  | 'LOCAL'
  | 'MOVIES'
  | 'MUSIC'
  | 'REMOTE'
  | 'SHOWS'
  | 'TOTAL'
  | 'TRANSCODE';

/** Filters are joined by "and", values of one filter by "or". */
export type HistoryFilter = {
  /** Users by the number of their plex.tv account. */
  accountIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** Addresses of players, exact. */
  addresses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Plays begun on or after this day, YYYY-MM-DD. */
  after?: InputMaybe<Scalars['String']['input']>;
  /**
   * Count plays of an import that had to be repaired as the program counted that recorded them: with pauses longer than the play, without
   * what it could not join. Tables, statistics and graphs know it, for whoever compares, as the legacy API does; pages by cursor do not.
   */
  asRecorded?: InputMaybe<Scalars['Boolean']['input']>;
  /** Plays begun on or before this day, YYYY-MM-DD. */
  before?: InputMaybe<Scalars['String']['input']>;
  /** Of the titles, the text looks at the full one alone: an album's or a season's does not count. */
  byFullTitle?: InputMaybe<Scalars['Boolean']['input']>;
  /** Decisions that plays are counted by. */
  decisions?: InputMaybe<Array<Decision>>;
  /** Leave out plays whose item or stream was never recorded, as in an old database. */
  described?: InputMaybe<Scalars['Boolean']['input']>;
  /** Shows or artists by Plex's key. */
  grandparentRatingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Groups by number (the legacy reference_id). */
  groupRowIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** Items by guid; in which language an old agent described one does not matter. */
  guids?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Kinds of items from libraries. */
  kinds?: InputMaybe<Array<MediaKind>>;
  /** These libraries. */
  libraryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Live programmes. */
  live?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where players were, seen from the server. */
  locations?: InputMaybe<Array<Location>>;
  /** Players by Plex's identifier of the device. */
  machineIds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Plays begun on this day, YYYY-MM-DD in the configured time zone. */
  on?: InputMaybe<Scalars['String']['input']>;
  /** Seasons or albums by Plex's key. */
  parentRatingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Platforms of players, exact. */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** These plays. */
  playIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Names of players, exact. */
  players?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Programs that play, exact. */
  products?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Items by Plex's key. */
  ratingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Libraries by Plex's number. */
  sectionIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** One server. */
  serverId?: InputMaybe<Scalars['ID']['input']>;
  /** Text in titles, users, addresses, platforms, products and players, in any case; % and _ are wildcards. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** These users. */
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Users by the exact name of their account. */
  userNames?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Quarters of the way to watched that a play got, 0 to 4; 4 is watched. */
  watchedQuarters?: InputMaybe<Array<Scalars['Int']['input']>>;
};

/** Columns that a table may be ordered by. */
export type HistoryOrder =
  /** Address of the player. */
  | 'ADDRESS'
  /** Start of the newest play. */
  | 'DATE'
  /** Time played. */
  | 'DURATION'
  /** Length of the item; what has none comes last. */
  | 'LENGTH'
  /** Time paused. */
  | 'PAUSED'
  | 'PLATFORM'
  /** Name of the player. */
  | 'PLAYER'
  | 'PRODUCT'
  /** Number of the group, or of the play where lines are not grouped. */
  | 'ROW'
  /** Start of the first play. */
  | 'STARTED'
  /** Stop of the last play. */
  | 'STOPPED'
  /** Full title. */
  | 'TITLE'
  /** Name of the user. */
  | 'USER'
  /** Quarters of the way to watched. */
  | 'WATCHED';

/** What is to be imported, and how. */
export type ImportDatabaseInput = {
  /** Write nothing; tell what would come of it. */
  dryRun?: Scalars['Boolean']['input'];
  /** What becomes of the history that is here already. */
  mode?: ImportMode;
  /** Where the file tautulli.db is, as a path in the service's data folder; an upload's answer says its path. */
  path: Scalars['String']['input'];
  /** Work out anew which plays belong together, instead of keeping what was recorded. */
  recomputeGroups?: Scalars['Boolean']['input'];
  /** Wait some seconds for what can be told by then, rather than answer at once. */
  wait?: Scalars['Boolean']['input'];
};

/** What becomes of the history that is here already. */
export type ImportMode =
  /** It stays. */
  | 'MERGE'
  /** The whole history of the same media server is removed in the moment in which the import ends, and not before. */
  | 'OVERWRITE';

/** How an import stands. */
export type ImportState =
  /** It has come to its end. */
  | 'DONE'
  /** It failed; the same import goes on where it failed. */
  | 'FAILED'
  /** It goes on. */
  | 'RUNNING'
  /** It was stopped before its end; the same import goes on where it stopped. */
  | 'STOPPED';

/** What is done again and again. */
export type JobKind =
  /**
   * Dumps the database into the folder for backups and removes scheduled dumps that are older than the setting
   * `backup_days` says.
   */
  | 'BACK_UP_DATABASE'
  /** Writes the settings, without secrets, into the folder for backups and removes what is too old. */
  | 'BACK_UP_SETTINGS'
  /** Forgets edits of the history that can no longer be undone. */
  | 'FORGET_EDITS'
  /** Counts what a media server's libraries hold. */
  | 'MEASURE_LIBRARIES'
  /** Reads a media server's libraries. */
  | 'REFRESH_LIBRARIES'
  /** Reads who may use a media server. */
  | 'REFRESH_USERS';

/** What a key may be used for. */
export type KeyScope =
  /** What is watched now, and nothing else. */
  | 'ACTIVITY'
  /** Whatever its role allows. */
  | 'FULL'
  /** Reading, and changing nothing. */
  | 'READING';

/** Choices about a library; what is absent stays. */
export type LibraryChoices = {
  /** Address of the background to show; empty for the library's own. */
  background?: InputMaybe<Scalars['String']['input']>;
  /** A choice that programs read and write; nothing here asks for it. */
  doNotify?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same for what is added to the library. */
  doNotifyCreated?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether plays are kept in the history. */
  keepHistory?: InputMaybe<Scalars['Boolean']['input']>;
  /** Address of the picture to show; empty for the library's own. */
  picture?: InputMaybe<Scalars['String']['input']>;
};

/** Columns that a library's table may be ordered by. */
export type LibraryOrder =
  /** When it came into the library. */
  | 'ADDED_AT'
  | 'AUDIO_CHANNELS'
  | 'AUDIO_CODEC'
  | 'BITRATE'
  | 'CONTAINER'
  | 'FILE_SIZE'
  /** Its number in what it is part of, and where it has none the title. */
  | 'INDEX'
  /** When its newest play began. */
  | 'LAST_PLAYED'
  /** How often it was played. */
  | 'PLAYS'
  /** The title that it is sorted by. */
  | 'TITLE'
  | 'VIDEO_CODEC'
  | 'VIDEO_FRAMERATE'
  /** Height of the picture. */
  | 'VIDEO_RESOLUTION';

/** How the connection to a media server is doing. */
export type LinkState =
  /** The notification socket is open. */
  | 'LIVE'
  /** The socket is refused or silent and the session list is polled, or another replica watches this server. */
  | 'POLLING'
  /** Not tried yet. */
  | 'STARTING'
  /** The server refuses our token. */
  | 'TOKEN_REFUSED'
  /** The server does not answer. */
  | 'UNREACHABLE';

/** Where a player is, seen from the server. */
export type Location =
  | 'CELLULAR'
  | 'LAN'
  | 'WAN';

/** What entries of the log may be ordered by. */
export type LogOrder =
  | 'LEVEL'
  | 'MESSAGE'
  /** The part of the service. */
  | 'TARGET'
  | 'TIME';

/** A stretch of an item that Plex names. */
export type MarkerKind =
  | 'COMMERCIAL'
  | 'CREDITS'
  | 'INTRO';

/** What is more: more plays, or more time. */
export type Measure =
  /** Time played. */
  | 'DURATION'
  /** Number of plays. */
  | 'PLAYS';

/** What an item is. */
export type MediaKind =
  | 'ALBUM'
  | 'ARTIST'
  /** A trailer, an extra, a pre-roll. */
  | 'CLIP'
  | 'COLLECTION'
  | 'EPISODE'
  | 'MOVIE'
  | 'OTHER'
  | 'PHOTO'
  | 'PHOTO_ALBUM'
  | 'PLAYLIST'
  | 'SEASON'
  | 'SHOW'
  | 'TRACK';

/** What a session does at the moment. */
export type PlayState =
  | 'BUFFERING'
  | 'ERROR'
  | 'PAUSED'
  | 'PLAYING'
  | 'STOPPED';

/** A log of the media server. */
export type PlexLogKind =
  /** The one of what reads libraries. */
  | 'SCANNER'
  /** The server's own. */
  | 'SERVER';

/** An item that stands for another one from now on. */
export type RematchInput = {
  /**
   * Leave the groups as they are. Else plays that move are put together with others of their new item as if they had always been of it; false by
   * default.
   */
  keepGroups?: InputMaybe<Scalars['Boolean']['input']>;
  /** Plex's key of the new item of the same kind, as the server has it now. */
  newRatingKey: Scalars['String']['input'];
  /** Plex's key of the old item as the history knows it: a movie, a show, a season, an episode, an artist, an album, a track. */
  oldRatingKey: Scalars['String']['input'];
  /** The server. */
  serverId: Scalars['ID']['input'];
};

/** What an edit of the past was. */
export type RevisionKind =
  /** Plays were deleted. */
  | 'DELETE'
  /** Plays were put into groups anew. */
  | 'REGROUP'
  /** Plays were given to other items. */
  | 'REMATCH'
  /** The rules of what is watched and kept were changed. */
  | 'RULES';

/** What a viewer may do. */
export type Role =
  /** Everything. */
  | 'ADMIN'
  /** A Plex user who sees their own plays and what is shared with them. */
  | 'GUEST';

/** What other rules hold for. */
export type RuleScope =
  /** All plays that there are, and those to come. */
  | 'ALL_HISTORY'
  /** Plays to come. */
  | 'FROM_NOW_ON';

/** Other rules; what is absent stays as it is. */
export type RulesInput = {
  /** Seconds that movies and episodes must have been played for to be kept, 0 to 86400. */
  ignoreInterval?: InputMaybe<Scalars['Int']['input']>;
  /** Per cent of a movie from which on it is watched, 0 to 100. */
  moviePercent?: InputMaybe<Scalars['Int']['input']>;
  /** The same for tracks. */
  musicPercent?: InputMaybe<Scalars['Int']['input']>;
  /** The same for episodes and clips. */
  tvPercent?: InputMaybe<Scalars['Int']['input']>;
  /** Which instant makes an item watched. */
  watchedMode?: InputMaybe<WatchedMode>;
};

/** What happened in a session. */
export type SessionEventKind =
  | 'BUFFERING'
  /** The stream has stalled too often. */
  | 'BUFFER_WARNING'
  | 'ERROR'
  /** An intro, a commercial or the credits begin. */
  | 'MARKER'
  | 'PAUSED'
  | 'RESUMED'
  /** The place in the item jumped. */
  | 'SEEKED'
  | 'STARTED'
  | 'STOPPED'
  /** The decision or the transcode has changed. */
  | 'STREAM_CHANGED'
  /** Enough was seen to count as watched. */
  | 'WATCHED';

/** What the value of a setting is. */
export type SettingKind =
  /** 0 or 1. */
  | 'FLAG'
  /** A whole number. */
  | 'INT'
  /** An object. */
  | 'JSON'
  /** A list of texts. */
  | 'LIST'
  | 'TEXT';

/** Where the value of a setting comes from. */
export type SettingSource =
  /** Nobody has chosen otherwise. */
  | 'DEFAULT'
  /** The environment gives it; it cannot be changed here. */
  | 'ENVIRONMENT'
  /** It has been chosen here. */
  | 'STORED';

/**
 * Whose or what plays are counted: exactly one of users, libraries, rating keys and guids. Users and libraries may be named by
 * the numbers that Plex has for them; numbers that nobody has are passed over.
 */
export type StatisticsSubject = {
  /** Users of the server by the number of their plex.tv account, each for itself. */
  accountIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** Items by guid, together. */
  guids?: InputMaybe<Array<Scalars['String']['input']>>;
  /** These libraries, each for itself. */
  libraryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Items by Plex's keys at any level (item, season or album, show or artist), together. */
  ratingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Libraries of the server by Plex's number, each for itself. */
  sectionIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** The server of accounts, sections, keys and guids; the default server if it is absent, and all where none is watched. */
  serverId?: InputMaybe<Scalars['ID']['input']>;
  /** These users, each for itself. */
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Plays that ended within a window. Say at most once where it begins; what is left out does not bound it. */
export type StatisticsWindow = {
  /** On or after this day, YYYY-MM-DD in the configured time zone. */
  after?: InputMaybe<Scalars['NaiveDate']['input']>;
  /** On or before this day, YYYY-MM-DD in the configured time zone. */
  before?: InputMaybe<Scalars['NaiveDate']['input']>;
  /** So many times 24 hours until now. */
  days?: InputMaybe<Scalars['Int']['input']>;
  /** So many months of the configured time zone, this one included. */
  months?: InputMaybe<Scalars['Int']['input']>;
  /** At or after this moment. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** So many days of the configured time zone, today included. */
  wholeDays?: InputMaybe<Scalars['Int']['input']>;
};

/** Which rows of a library's table, in which order. */
export type TableInput = {
  /** Count plays as an imported history recorded them, where they had to be repaired. */
  asRecorded?: Scalars['Boolean']['input'];
  /** For each column, whether it descends; the last one counts for the rest. */
  descending?: InputMaybe<Array<Scalars['Boolean']['input']>>;
  /** Rows on the page; everything if it is absent. */
  limit?: InputMaybe<Scalars['Int']['input']>;
  /** Rows to pass over. */
  offset?: Scalars['Int']['input'];
  /** Columns to order by, the most important first; at most 5. */
  orderBy?: InputMaybe<Array<LibraryOrder>>;
  /** Ask the media server anew. */
  refresh?: Scalars['Boolean']['input'];
  /** Text in titles and formats, in any case. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Changes of a media server; what is absent stays. */
export type UpdateServer = {
  /** The name to show. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** In place of a token: the ticket of a search that has found the server. */
  ticket?: InputMaybe<Scalars['String']['input']>;
  /** A new Plex token. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** Its address. */
  url?: InputMaybe<Scalars['String']['input']>;
  /** Whether its certificate is checked. */
  verifyTls?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Choices about a user; what is absent stays. */
export type UserChoices = {
  /** Whether the user may sign in here as a guest. */
  allowGuest?: InputMaybe<Scalars['Boolean']['input']>;
  /** A choice that programs read and write; nothing here asks for it. */
  doNotify?: InputMaybe<Scalars['Boolean']['input']>;
  /** The name to show; empty for the account's own. */
  friendlyName?: InputMaybe<Scalars['String']['input']>;
  /** Whether plays are kept in the history. */
  keepHistory?: InputMaybe<Scalars['Boolean']['input']>;
  /** Address of the picture to show; empty for the account's own. */
  picture?: InputMaybe<Scalars['String']['input']>;
};

/** Rows of an imported installation whose feature is not here yet. */
export type WaitingTable =
  /** Mobile devices. */
  | 'DEVICES'
  /** Exports that were made. */
  | 'EXPORTS'
  /** Lookups at MusicBrainz. */
  | 'MUSIC_BRAINZ'
  /** Newsletters as they were set up. */
  | 'NEWSLETTERS'
  /** The log of newsletters. */
  | 'NEWSLETTER_LOG'
  /** The log of notifications. */
  | 'NOTIFICATIONS'
  /** Agents of notifications. */
  | 'NOTIFIERS'
  /** What had been told of as new. */
  | 'RECENTLY_ADDED'
  /** Lookups at The Movie Database. */
  | 'THE_MOVIE_DB'
  /** Lookups at TVmaze. */
  | 'TV_MAZE';

/** Which instant makes an item watched. */
export type WatchedMode =
  /** The percentage or the first credits, whichever comes first. */
  | 'EARLIEST'
  /** The first instant of the final credits. */
  | 'FINAL_CREDITS'
  /** The first credits. */
  | 'FIRST_CREDITS'
  /** The percentage alone. */
  | 'PERCENT';
