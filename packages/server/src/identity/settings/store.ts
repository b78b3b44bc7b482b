import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Section } from './settings.ts';

export interface SettingsReader {
  /** Undefined when it was never set. */
  find(id: string): Promise<Section | undefined>;
  /** Those that were set, the latest change first. */
  list(filter: SectionFilter, page: PageRequest): Promise<Page<Section>>;
}

export interface SectionFilter {
  readonly ids?: readonly string[];
  /** Part of an id, in any case. */
  readonly search?: string;
}

export interface SettingsStore extends SettingsReader {
  /** The section, empty when it was never set, held until the transaction ends: nobody else changes it meanwhile. */
  lock(id: string): Promise<Section>;
  /** Writes a section that is held. */
  update(section: Required<Section>): Promise<void>;
  /** Forgets the section. False when there was none. */
  remove(id: string): Promise<boolean>;
}
