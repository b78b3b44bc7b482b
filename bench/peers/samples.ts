/** Answers as Latchkey gives them, for a run of only the peers. */
const time = '2026-01-02T03:04:05.678Z';

export const sampleSession = {
  id: 'mXq0mXq0mXq0mXq0mXq0mA',
  user_id: '4503599627370495',
  user_name: 'User 1',
  active: true,
  open_time: time,
  request_time: time,
  expire_time: time,
  address: '127.0.0.1',
  client: 'Chrome 140',
  platform: 'Linux',
  user: {
    id: '4503599627370495',
    login: 'user1@example.com',
    name: 'User 1',
    create_time: time,
    time_zone: 'UTC',
    language: 'en',
    theme: '',
    roles: ['member'],
    sites: [],
    settings: {},
    change_pwd_time: time,
    custom_hdr: null,
    custom_dat: null,
  },
  data: {},
};

export const sampleToken = {
  token: 'x'.repeat(620),
  expiresAt: 1_790_000_300,
  userId: 4_503_599_627_370_495,
  sessionId: 'mXq0mXq0mXq0mXq0mXq0mA',
};
