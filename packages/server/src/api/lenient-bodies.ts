/** Forms in which clients of pip-services send a body, each turned into the form that the route's schema describes. */

/** The body without the members that are null or "": they say as little as an absent member. */
export function withoutEmpty(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== ''));
}

/** A bare list of roles as the member `roles`. */
export function withRolesNamed(body: unknown): unknown {
  return Array.isArray(body) ? { roles: body } : body;
}
