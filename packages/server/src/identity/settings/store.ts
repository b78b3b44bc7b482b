import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Section } from './settings.ts';

export interface SettingsReader {
  /** Undefined when it was never set. */
  find(id: string): Promise<Section | undefined>;
  /** Sections that were set, the latest change first. */
  list(filter: SectionFilter, page: PageRequest): Promise<Page<Section>>;
}

export interface SectionFilter {
  readonly ids?: readonly string[];
  /** Part of an id, case-insensitive. */
  readonly search?: string;
}

export interface SettingsStore extends SettingsReader {
  /**
   * Locks the section until the transaction ends: no other transaction changes it. Empty when it was never
   * set.
   */
  lock(id: string): Promise<Section>;
  /** Writes a locked section. */
  update(section: Required<Section>): Promise<void>;
  /** Deletes the section. False when there was none. */
  remove(id: string): Promise<boolean>;
}
