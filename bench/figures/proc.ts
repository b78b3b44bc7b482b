/** What Linux says about a process, in /proc. */
import { readFileSync } from 'node:fs';

/** User and system time of all its threads, in steps of 10 ms. */
export function cpuSeconds(pid: number): number {
  // The name, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Its resident memory in MiB: now (`VmRSS`), or at its peak (`VmHWM`). Undefined when the process is gone. */
export function residentMemory(pid: number, name: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, kibibytes] = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
