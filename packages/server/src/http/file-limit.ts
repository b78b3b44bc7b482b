/** Open files that a process needs for itself: the database, Redis, mails, metrics, its own code. */
const own = 64;
/** More than this are no use to one process, and each takes memory. */
const enough = 10_000;

/** How many connections the process may have, as far as its limit of open files (`ulimit -n`) leaves room. At least 16. */
export function connectionLimit(): number {
  return Math.max(16, openFileLimit() - own);
}

/** As many connections as were asked for, or as are useful, within the limit. */
export function chooseConnections(wanted: number = enough): number {
  return Math.min(wanted, connectionLimit());
}

function openFileLimit(): number {
  // Otherwise the report looks up the names of all addresses. Node's types do not know it.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } };
  };
  const soft = Number(userLimits?.open_files?.soft);
  // Windows has none, and elsewhere it may be `unlimited`.
  return Number.isFinite(soft) ? soft : Number.POSITIVE_INFINITY;
}
