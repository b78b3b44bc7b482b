type Field = [name: string, value: string];

/** Requests with the cookie alone: whether it may prove them, and whether they open a page. */
export function pageCases(): unknown[] {
  const by = (site: string, mode: string, dest: string, ...more: Field[]): Field[] => [
    ['Sec-Fetch-Site', site],
    ['Sec-Fetch-Mode', mode],
    ['Sec-Fetch-Dest', dest],
    ...more,
  ];
  const accept = (value: string): Field[] => [['Accept', value]];
  const html = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const one = (name: string, headers: Field[], cookieAlone: boolean, page: boolean, method = 'GET') => ({
    name,
    method,
    headers,
    cookieAlone,
    page,
  });
  const sites = ['same-origin', 'same-site', 'none'];
  return [
    ...sites.map((site) => one(`a page, ${site}`, by(site, 'navigate', 'document'), true, true)),
    ...sites.map((site) => one(`an image, ${site}`, by(site, 'no-cors', 'image'), true, false)),
    one('fetch in a page', by('same-origin', 'cors', 'empty', ['Accept', '*/*']), true, false),
    one('EventSource', by('same-origin', 'cors', 'empty', ['Accept', 'text/event-stream']), true, false),
    one('a frame of the same site', by('same-site', 'navigate', 'iframe'), true, true),
    one('HEAD for a page', by('none', 'navigate', 'document'), true, true, 'HEAD'),
    one('a link on another site', by('cross-site', 'navigate', 'document', ['Accept', html]), true, true),
    one('a frame in another site', by('cross-site', 'navigate', 'iframe', ['Accept', html]), false, true),
    one('an image in another site', by('cross-site', 'no-cors', 'image'), false, false),
    one('fetch in another site', by('cross-site', 'cors', 'empty', ['Accept', 'text/html']), false, false),
    one('an object in another site', by('cross-site', 'navigate', 'object'), false, true),
    one('a form of the same site', by('same-origin', 'navigate', 'document'), false, false, 'POST'),
    one('a form of another site', by('cross-site', 'navigate', 'document'), false, false, 'POST'),
    ...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', ''].map((method) =>
      one(`another method: ${method || 'none'}`, by('same-origin', 'cors', 'empty'), false, false, method),
    ),
    one('no Fetch Metadata, a page', accept(html), true, true),
    one('no Fetch Metadata, HEAD for a page', accept('text/html'), true, true, 'HEAD'),
    one('no Fetch Metadata, other case and spaces', accept('*/*;q=0.1 , TEXT/HTML ; q=1'), true, true),
    one('no Fetch Metadata, two fields', [...accept('*/*'), ...accept('text/html')], true, true),
    one('no Fetch Metadata, a form', accept(html), false, false, 'POST'),
    one('no Fetch Metadata, an image', accept('image/avif,image/webp,*/*;q=0.8'), false, false),
    one('no Fetch Metadata, anything', accept('*/*'), false, false),
    one('no Fetch Metadata, no page', accept('text/html;q=0, */*'), false, false),
    one('no Fetch Metadata, no page at all', accept('text/html; q=0.000'), false, false),
    one('no Fetch Metadata, a little of a page', accept('text/html;q=0.001'), true, true),
    one('no Fetch Metadata, another type', accept('text/htmlx, xtext/html'), false, false),
    one('no Fetch Metadata, a parameter that looks like one', accept('a/b;c="text/html"'), false, false),
    one('nothing', [], false, false),
    one("Node's fetch", [['Sec-Fetch-Mode', 'cors'], ...accept('*/*')], false, false),
    one("Node's fetch for a page", [['Sec-Fetch-Mode', 'cors'], ...accept('text/html')], true, true),
    one('a site that is no word of the standard', by('other', 'cors', 'empty'), false, false),
    one('a site in capitals', by('SAME-ORIGIN', 'cors', 'empty'), false, false),
    one('a site twice', [...by('same-origin', 'cors', 'empty'), ['Sec-Fetch-Site', 'cross-site']], false, false),
    one('a site twice, in one field', by('same-origin, cross-site', 'cors', 'empty'), false, false),
    one('a destination twice', [...by('cross-site', 'navigate', 'document'), ['Sec-Fetch-Dest', 'iframe']], false, true),
    one('an empty site', by('', 'navigate', 'document'), false, false),
    one('an empty site, a page', by('', 'navigate', 'document', ['Accept', 'text/html']), true, true),
  ];
}
