/** Forms in which clients of pip-services send a body, each turned into the form that the route's schema describes. */

/**
 * Drops the members that are null or "": they say as little as an absent member. Required ones stay, and are refused for
 * what they are.
 */
export function withoutEmpty(...required: readonly string[]): (body: unknown) => unknown {
  return (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
    const kept = ([name, value]: [string, unknown]) =>
      (value !== null && value !== '') || required.includes(name);
    return Object.fromEntries(Object.entries(body).filter(kept));
  };
}

/** A bare list of roles as the member `roles`. */
export function withRolesNamed(body: unknown): unknown {
  return Array.isArray(body) ? { roles: body } : body;
}
