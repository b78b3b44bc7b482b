import assert from 'node:assert/strict';
import type { Request } from './client.ts';
import { as } from './sites.ts';
import { newLogin, type Person, type World } from './world.ts';

export const settings = (method: string, id = '', json?: unknown): Request => ({
  method,
  path: `/api/v1/settings${id && `/${id}`}`,
  ...(json !== undefined && { json }),
});

export const settingsChanged = ({ id }: Person) => [{ user: id, reason: 'settings-changed' }];

/** The settings that the person's session shows. */
export async function shownSettings(w: World, person: Person): Promise<unknown> {
  const answer = await w.call(as(w, person, { method: 'GET', path: '/api/v1/sessions/current' }));
  return (answer.json.user as { settings: unknown }).settings;
}

/** Somebody whose section holds something, and others. */
export async function settingsPeople(w: World) {
  const anna = await w.person();
  const parameters = { theme: 'dark', count: 2, deep: { a: [1, null] } };
  const answer = await w.call(as(w, anna, settings('PUT', anna.id, { parameters })));
  assert.equal(answer.status, 200, answer.text);
  return { anna, parameters, ben: await w.person(), root: await w.admin(), section: newLogin() };
}

export type SettingsPeople = Awaited<ReturnType<typeof settingsPeople>>;

/** A request of Anna's about her own section. */
export const ownSettings =
  (method: string, json?: unknown) =>
  ({ anna }: SettingsPeople, w: World) =>
    as(w, anna, settings(method, anna.id, json));
