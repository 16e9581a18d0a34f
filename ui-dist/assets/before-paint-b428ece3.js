// Runs before the first paint, blocking and outside the bundle: sets what would flash if it came later, and asks what is needed first.
(function () {
  var root = document.documentElement;
  var theme = null;
  var language = null;
  try {
    theme = localStorage.getItem('tautulli-theme');
    language = localStorage.getItem('tautulli-language');
  } catch {
    // Storage may be forbidden; the system's choice stays.
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', theme);
  if (language) root.lang = language;
  // Who comes and what plays is asked while the program is on its way; an address is relative to <base>, as everywhere.
  window.startAnswer = fetch('graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ operationName: 'Start', query: "query Start{service{...Door}viewer{...Whoever}servers{...LiveServer}activity(others:true){__typename sessions{...LiveSession events{at kind}}}}fragment Door on Service{needsSetup signedIn version plexSignIn demo{username password}}fragment Whoever on Viewer{name role timeZone}fragment LiveServer on Server{id name version platform plexPass isDefault url link{state since problem}}fragment LiveSession on Session{id masked state startedAt seenAt viewOffset paused bufferCount marker userName user{id friendlyName avatarUrl(size:64)}item{...LiveItem}player{...LivePlayer}stream{...LiveStream}server{id}}fragment LiveItem on ItemSnapshot{...TitledItem posterUrl(width:200 height:300)artUrl(width:480 height:270 blur:24)duration subtype contentRating markers{kind start end}}fragment TitledItem on ItemSnapshot{kind title parentTitle grandparentTitle originalTitle fullTitle editionTitle index parentIndex year originallyAvailableAt live libraryName airing{channelTitle channelCallSign channelVcn beginsAt endsAt}}fragment LivePlayer on Player{title product platform device address publicAddress location local relayed secure bandwidth}fragment LiveStream on Stream{decision videoDecision audioDecision subtitleDecision containerDecision qualityProfile optimizedProfile syncedProfile source{...Version}delivered{...Version}transcode{speed throttled progress maxOffsetAvailable minOffsetAvailable hwRequested hwDecoding hwEncoding hwFullPipeline hwDecodeTitle hwEncodeTitle}}fragment Version on MediaVersion{bitrate container protocol fullResolution videoResolution height optimized videoCodec audioCodec audioChannels video{codec bitrate bitDepth height dynamicRange}audio{codec bitrate channels channelLayout language profile}subtitle{codec language forced location}}" }),
  })
    .then(function (response) {
      return response.json();
    })
    .then(
      function (told) {
        return { data: told.data, at: Date.now() };
      },
      // The program asks again by itself.
      function () {},
    );
})();
