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
    body: JSON.stringify({ operationName: 'Start', query: '__START__' }),
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
