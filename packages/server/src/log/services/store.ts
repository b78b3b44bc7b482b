import type { Service } from './service.ts';

export interface ServiceReader {
  /** By the SHA-256 of its key, base64url. */
  findByKeyHash(keyHash: string): Promise<Service | undefined>;
  /** By name. */
  list(): Promise<Service[]>;
}

export interface ServiceStore extends ServiceReader {
  /** False when the name is taken. */
  insert(service: Service, keyHash: string): Promise<boolean>;
  /** False when there is no such service. */
  remove(name: string): Promise<boolean>;
}
